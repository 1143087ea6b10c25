using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>What the marks mean, how to get more certainty, and the next useful commands.</summary>
internal static class Footer
{
    private static readonly (string Option, string Purpose)[] NextKernelCommands =
    [
        ("-p all", " (every process), "),
        ("-u", " (names of user modules), "),
        ("-v", " (stacks), "),
        ("-a", " (all threads), "),
        ("-?", " (help)"),
    ];

    private static readonly (string Option, string Purpose)[] NextCommands =
    [
        ("-v", " (stacks), "),
        ("-g", " (groups), "),
        ("-a", " (all threads), "),
        ("-json", " (scripts), "),
        ("-?", " (help)"),
    ];

    /// <summary>The closing lines; none when there is nothing to explain.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter, ReportForm form, ImmutableArray<ThreadFinding> shown, ImmutableArray<ThreadGroup> groups)
    {
        Line[] lines = [.. Grouped(filter, shown, groups), .. Legend(report, shown), .. Next(report, form)];
        return lines.Length == 0 ? [] : lines.Prepend(Line.Empty);
    }

    private static IEnumerable<Line> Grouped(ThreadFilter filter, ImmutableArray<ThreadFinding> shown, ImmutableArray<ThreadGroup> groups)
    {
        if (groups.Length < shown.Length)
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"{shown.Length} threads in {groups.Length} group{(groups.Length == 1 ? "" : "s")} of the same stack{(filter.All ? "" : "; -a lists every thread")}."));
    }

    private static IEnumerable<Line> Legend(Report report, ImmutableArray<ThreadFinding> shown)
    {
        ThreadFinding[] marked = [.. shown.Where(finding => finding.Verdict != Verdict.Unknown && finding.Confidence != Confidence.High)];
        string marks = string.Join(", ", marked
            .Select(finding => finding.Confidence).Distinct().Order()
            .Select(confidence => $"{ThreadColumns.MarkOf(confidence)} {DisplayText.Of(confidence)}"));
        if (marks.Length == 0)
            yield break;

        yield return report.Source.Kind switch
        {
            SourceKind.Engine when !report.IsWalked && marked.All(finding => finding.Verdict == Verdict.None) => Line.Of(
                new Run($"{marks} confidence: memory alone was read. Walks help: "),
                CommandRun("!kcallbacks -a -walk")),
            SourceKind.Engine when report.Source.Session == SessionKind.Kernel => Line.Of(
                new Run($"{marks} confidence (-v says why). Names of user modules help: "),
                CommandRun($"{Command(report)} -u")),
            SourceKind.Engine => Line.Of(
                new Run($"{marks} confidence (-v says why). Symbols help: "),
                CommandRun(".reload /f ntdll.dll"),
                new Run("; "),
                CommandRun(".reload /f user32.dll")),
            SourceKind.Dump => Line.Of($"{marks} confidence. Better in the debugger, with symbols: !kcallbacks -v"),
            _ => Line.Of($"{marks} confidence. Better with symbols: .reload /f ntdll.dll; .reload /f user32.dll; ~*kn"),
        };
    }

    private static IEnumerable<Line> Next(Report report, ReportForm form)
    {
        if (report.Source.Kind != SourceKind.Engine || form.Verbose)
            yield break;

        ImmutableArray<Run>.Builder runs = ImmutableArray.CreateBuilder<Run>();
        string command = Command(report);
        runs.Add(new Run($"Next: {command} "));
        foreach ((string option, string purpose) in NextOptions(report))
        {
            runs.Add(new Run(option, Emphasis.Normal, Link.ToCommand($"{command} {option}")));
            runs.Add(new Run(purpose));
        }

        yield return new Line(runs.ToImmutable());
    }

    private static (string Option, string Purpose)[] NextOptions(Report report) => report.Source.Session switch
    {
        SessionKind.Kernel when report.Processes is null => NextKernelCommands,
        SessionKind.Kernel => NextKernelCommands[1..],
        _ => NextCommands,
    };

    /// <summary>The command for the processes that are shown: anyone who follows a link wants to stay with them.</summary>
    private static string Command(Report report) =>
        report.Processes is { } processes && Link.IsPlainWord(processes) ? $"!kcallbacks -p {processes}" : "!kcallbacks";

    private static Run CommandRun(string command) => new(command, Emphasis.Normal, Link.ToCommand(command));
}
