using KCallbacks.DbgEng;
using KCallbacks.Reports;
using KCallbacks.Reports.Markup;
using KCallbacks.Scanning;

namespace KCallbacks.Extension;

/// <summary>Lets the user of the engine stop a scan (Ctrl+Break) and see how far it is.</summary>
/// <param name="control">The engine.</param>
/// <param name="output">Where to say so; null where the output is for a program.</param>
internal sealed class EngineMonitor(DebugControl control, EngineOutput? output) : IScanMonitor
{
    /// <summary>Milliseconds between two reports.</summary>
    private const long Interval = 1000;

    private long _lastReport = Environment.TickCount64;

    /// <summary>Remembered, because asking the engine clears the request.</summary>
    public bool IsCancelled => field = field || control.TryGetInterrupt() == HResult.Ok;

    public void Report(string step, int done, int total)
    {
        if (output is null || Environment.TickCount64 - _lastReport < Interval)
            return;
        _lastReport = Environment.TickCount64;
        output.Write([Line.Of($"{Product.Name}: {step} {done} of {total} threads", Emphasis.Subdued)]);
    }
}
