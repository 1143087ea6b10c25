using KCallbacks.Detection;

namespace KCallbacks.Reports;

/// <summary>Threads named on the command line.</summary>
/// <param name="First">First number.</param>
/// <param name="Last">Last number, the same as <paramref name="First"/> for a single thread.</param>
/// <param name="IsSystemId">True for the operating system's ids, false for the debugger's numbers.</param>
public readonly record struct ThreadRange(uint First, uint Last, bool IsSystemId)
{
    /// <summary>Whether a thread is among them. A source without debugger numbers counts by position.</summary>
    public bool Contains(ThreadIdentity thread)
    {
        uint? id = IsSystemId ? thread.SystemId : thread.EngineId ?? (uint)thread.Position;
        return id >= First && id <= Last;
    }
}
