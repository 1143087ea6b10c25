using System.Diagnostics;
using KCallbacks.Scanning;

namespace KCallbacks.Extension.Analysis;

/// <summary>Ends a scan that nobody asked for by name when it takes too long, the way Ctrl+Break ends it.</summary>
/// <param name="user">Whoever watches it besides.</param>
/// <param name="limit">How long it may take.</param>
internal sealed class TimeLimit(IScanMonitor user, TimeSpan limit) : IScanMonitor
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => field = field || Stopwatch.GetElapsedTime(_start) >= limit;

    /// <summary>Whether the user wants it to stop.</summary>
    public bool IsOfUser => user.IsCancelled;

    /// <inheritdoc/>
    public bool IsCancelled => IsOver || IsOfUser;

    /// <inheritdoc/>
    public void Report(string step, int done, int total) => user.Report(step, done, total);
}
