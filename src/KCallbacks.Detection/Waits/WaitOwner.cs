namespace KCallbacks.Detection.Waits;

/// <summary>A thread that must let go before a waiting one goes on.</summary>
/// <param name="SystemId">The operating system's thread id.</param>
/// <param name="Position"><c>ThreadIdentity.Position</c> of the thread in the target; null when it is none of its threads.</param>
/// <param name="ProcessId">Its process, where that is another one or may be; null otherwise.</param>
/// <param name="ProcessName">The file name of that process's program; null when not known.</param>
public sealed record WaitOwner(uint SystemId, int? Position = null, uint? ProcessId = null, string? ProcessName = null);
