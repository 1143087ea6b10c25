using KCallbacks.DbgEng;
using KCallbacks.Scanning;

namespace KCallbacks.Extension.DataModel;

/// <summary>Lets the user stop a scan (Ctrl+Break). Nothing is printed: the output belongs to the query.</summary>
internal sealed class InterruptMonitor(DebugControl control) : IScanMonitor
{
    /// <summary>Remembered, because asking the engine clears the request.</summary>
    public bool IsCancelled => field = field || control.TryGetInterrupt() == HResult.Ok;

    public void Report(string step, int done, int total)
    {
    }
}
