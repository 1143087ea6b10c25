namespace KCallbacks.Detection.Judging;

/// <summary>A stretch of a thread's stack.</summary>
/// <param name="Start">Its lowest address.</param>
/// <param name="End">The address after it.</param>
internal readonly record struct StackRange(ulong Start, ulong End)
{
    /// <summary>Whether <paramref name="address"/> lies in the stretch.</summary>
    public bool Contains(ulong address) => address >= Start && address < End;
}
