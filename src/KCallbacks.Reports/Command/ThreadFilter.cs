using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Command;

/// <summary>Which threads of a report the options ask for.</summary>
public static class ThreadFilter
{
    /// <summary>The findings a table lists: threads in a callback unless <c>-a</c>, restricted by the filters.</summary>
    public static ImmutableArray<ThreadFinding> ForTable(Report report, CommandOptions options) =>
        Where(report, finding => (options.All || HasCallback(finding) || IsAskedFor(finding, options)) && Passes(finding, report, options), options.Invert);

    /// <summary>The findings JSON lists: all threads, restricted by the filters.</summary>
    public static ImmutableArray<ThreadFinding> ForJson(Report report, CommandOptions options) =>
        options.HasFilter ? ForTable(report, options) : report.Findings;

    private static ImmutableArray<ThreadFinding> Where(Report report, Func<ThreadFinding, bool> predicate, bool invert) =>
        [.. report.Findings.Where(finding => predicate(finding) != invert)];

    private static bool HasCallback(ThreadFinding finding) => finding.Verdict is Verdict.InCallback or Verdict.AtReturn;

    /// <summary>Who names a thread wants its row, whatever the verdict.</summary>
    private static bool IsAskedFor(ThreadFinding finding, CommandOptions options) =>
        options.Threads.Any(range => range.Contains(finding.Thread));

    private static bool Passes(ThreadFinding finding, Report report, CommandOptions options)
    {
        if (!options.Threads.IsEmpty && !IsAskedFor(finding, options))
            return false;
        if (finding.Depth < options.MinDepth)
            return false;
        if (options.AtReturnOnly && finding.Verdict != Verdict.AtReturn)
            return false;

        return options.Pattern is null || NamesOf(finding, report).Any(new NamePattern(options.Pattern).Matches);
    }

    private static IEnumerable<string> NamesOf(ThreadFinding finding, Report report)
    {
        IEnumerable<string?> names = finding.Callbacks
            .SelectMany(callback => new[] { callback.Routine, callback.Entry, callback.Handler, callback.Message?.WindowProcedureName, callback.Delivery?.ProcedureName })
            .Append(finding.BlockedIn);
        if (report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack))
            names = names.Concat(stack.Frames.Select(frame => (string?)$"{frame.Module}!{frame.Function}"));

        return names.OfType<string>();
    }
}
