namespace KCallbacks.Extension.Intervals;

/// <summary>A callback of a recorded run, from its begin to its return; one of both may be missing.</summary>
/// <param name="begin">The call that began it; null when it began before the list.</param>
/// <param name="end">The call that ended it; null when the list ends before.</param>
/// <param name="level">1 for the outermost callback of its thread, as far as the lists show; null when its begin is not known.</param>
internal sealed class CallbackInterval(TraceCall? begin, TraceCall? end, int? level) : IComparable<CallbackInterval>
{
    /// <summary>The call that began it; null when it began before the list.</summary>
    public TraceCall? Begin => begin;

    /// <summary>The call that ended it; null when the list ends before.</summary>
    public TraceCall? Return => end;

    /// <summary>1 for the outermost callback of its thread, as far as the lists show; null when its begin is not known.</summary>
    public int? Level => level;

    /// <summary>Whether one end is missing.</summary>
    public bool IsOpen => begin is null || end is null;

    /// <summary>The operating system's thread id.</summary>
    public ulong ThreadId => (begin ?? end)!.ThreadId;

    /// <summary>Sequences, or units of the list's time, from begin to return; null for an open one.</summary>
    public ulong? Duration => IsOpen ? null : end!.Sequence - begin!.Sequence;

    /// <summary>Steps from begin to return, where both are in one sequence; null otherwise.</summary>
    public ulong? Steps => Duration == 0 ? end!.Steps - begin!.Steps : null;

    /// <summary>
    /// Those without a return come first, the earliest of them before all, because they last to the end of the run; then the longest first; then
    /// those without a begin.
    /// </summary>
    public int CompareTo(CallbackInterval? other) => other is null ? 1
        : Rank != other.Rank ? Rank.CompareTo(other.Rank)
        : Duration != other.Duration ? other.Duration!.Value.CompareTo(Duration!.Value)
        : Steps != other.Steps ? (other.Steps ?? 0).CompareTo(Steps ?? 0)
        : (begin ?? end)!.CompareTo(other.Begin ?? other.Return);

    private int Rank => end is null ? 0 : begin is null ? 2 : 1;
}
