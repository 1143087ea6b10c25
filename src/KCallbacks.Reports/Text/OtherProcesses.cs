using KCallbacks.Detection.Hangs;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>That threads of processes are blocked which the user of a kernel session did not ask for: nobody thinks of that unless it is said.</summary>
internal static class OtherProcesses
{
    /// <summary>Processes that are named; the rest is counted.</summary>
    private const int Few = 4;

    /// <summary>For example <c>Also blocked: 3 threads of browser.exe, 1 of legacy.exe: !kcallbacks -p all</c>; nothing where there are none.</summary>
    public static IEnumerable<Line> Lines(ReportView view)
    {
        if (view.Report.AlsoBlocked.IsEmpty || view.Filter.IsRestricting)
            return [];
        string[] named = [.. view.Report.AlsoBlocked.Take(Few).Select((process, index) => $"{(index == 0 ? Counted.Of(process.Threads, "thread") : Counted.Number(process.Threads))} of {NameOf(process)}")];
        int others = view.Report.AlsoBlocked.Length - named.Length;
        string more = others > 0 ? $", and threads of {Counted.Of(others, "other process", "other processes")}" : "";
        return view.Prose($"Also blocked: {string.Join(", ", named)}{more}: {Advice.Command(view, "-p all")}");
    }

    private static string NameOf(BlockedProcess process) => process.Process.Name ?? DisplayText.OfAddress(process.Process.Address);
}
