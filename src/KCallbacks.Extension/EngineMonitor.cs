using System.Diagnostics;
using KCallbacks.DbgEng;
using KCallbacks.Reports;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>Lets the user of the engine stop a scan (Ctrl+Break) and see how far it is.</summary>
internal sealed class EngineMonitor(DebugControl control, EngineOutput output) : IScanMonitor
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lastReport = Stopwatch.GetTimestamp();

    /// <summary>Remembered, because asking the engine clears the request.</summary>
    public bool IsCancelled => field = field || control.TryGetInterrupt() == HResult.Ok;

    public void Report(string step, int done, int total)
    {
        if (Stopwatch.GetElapsedTime(_lastReport) < Interval)
            return;
        _lastReport = Stopwatch.GetTimestamp();
        output.Write([Line.Of($"{Product.Name}: {step} {done} of {total} threads", Emphasis.Subdued)]);
    }
}
