namespace KCallbacks.PrintedStacks.Owners;

/// <summary>One process at one moment: the ids, handles and addresses of another process, or of the same after it ran on, mean something else.</summary>
/// <param name="session">Number of the dump or the moment in the text; addresses of the kernel are the same for all its processes.</param>
/// <param name="processId">The process; null as long as no line names it.</param>
internal sealed class Scope(int session, uint? processId)
{
    public int Session => session;

    public uint? ProcessId { get; set; } = processId;
}
