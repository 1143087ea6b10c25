using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Command;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>Threads that could not be judged, by reason: a thread without a verdict is never passed over.</summary>
internal static class UnknownThreads
{
    /// <summary>Nothing when every thread was judged.</summary>
    public static IEnumerable<Line> Lines(Report report, CommandOptions options)
    {
        ThreadFinding[] unknown = [.. report.Findings.Where(finding => finding.Verdict == Verdict.Unknown)];
        if (unknown.Length == 0)
            yield break;

        yield return Line.Empty;
        yield return Line.Of($"{SummaryLine.Counted(unknown.Length)} unknown:", Emphasis.Warning);
        foreach (IGrouping<string, ThreadFinding> reason in unknown.GroupBy(finding => finding.Reason).OrderByDescending(group => group.Count()))
        {
            ThreadFinding[] threads = [.. reason];
            foreach (Line line in Paragraph.Lines(string.Create(CultureInfo.InvariantCulture, $"  {threads.Length,4}  "), reason.Key))
                yield return line;
            foreach (Line line in ThreadList.Lines("        threads", threads, options.All))
                yield return line;
        }

        yield return Line.Of($"        {Remedy(report.Source)}", Emphasis.Subdued);
    }

    /// <summary>What is missing of such threads is a name or memory.</summary>
    private static string Remedy(ReportSource source) => source.Kind switch
    {
        SourceKind.Engine when source.Session == SessionKind.Kernel => "What helps: symbols of nt (.symfix; .reload /f nt), a dump that holds user pages.",
        SourceKind.Engine => "What helps: symbols (.symfix; .reload /f ntdll.dll), a dump with all stacks (.dump /ma).",
        SourceKind.Dump => "What helps: !kcallbacks in the debugger, with symbols; a dump with all stacks (.dump /ma).",
        _ => "What helps: whole stacks with symbols (.reload /f ntdll.dll; ~*kn), or !kcallbacks -record.",
    };
}
