using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Options;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Filter;

/// <summary>Which threads of a report the user wants to see. The default is the command without options.</summary>
public sealed record ThreadFilter
{
    /// <summary>The options, in the order of the help.</summary>
    public static ImmutableArray<CommandOption<ThreadFilter>> Options { get; } =
    [
        new("-a", "--all", null, "list every thread one by one; in groups (-g) every id",
            (filter, _) => filter with { All = true }),
        new("-t", "--threads", "LIST", "only these threads, whatever their verdict: numbers and ranges of the debugger, or what names a thread on the screen: 0,3-7,0x1a2c,~~[1a2c],9400.1a2c",
            (filter, list) => filter with { Threads = filter.Threads.AddRange(ThreadRange.ParseList(list)) }) { Example = "-t 0,3-7" },
        new("-m", "--match", "PATTERN", "only threads with this in the name of a module, function, message or lock; * and ? match the whole of module!function, module or function: -m *LoadLibrary*",
            (filter, pattern) => filter with { Pattern = pattern }) { Example = "-m *LoadLibrary*" },
        new("-d", "--depth", "N", "only threads with at least N callbacks nested",
            (filter, number) => filter with { MinDepth = ParseDepth(number) }) { Example = "-d 2" },
        new("-r", "--returning", null, "only threads at ZwCallbackReturn, about to return to the kernel",
            (filter, _) => filter with { AtReturnOnly = true }) { Aliases = ["--at-return"] },
        new("-not", "--not", null, "the others: exactly the threads that are left out without -not",
            (filter, _) => filter with { Invert = true }) { Aliases = ["-i", "--invert"] },
        new("-like", "--like", "THREAD", "all threads that show the same as this one: callbacks, wait and owner",
            (filter, thread) => filter with { Like = ThreadRange.ParseList(thread)[0] }) { Example = "-like 3" },
    ];

    /// <summary>Whether every thread is listed, not only those in a callback; in groups, every id.</summary>
    public bool All { get; init; }

    /// <summary>Only these threads; empty means no restriction.</summary>
    public ImmutableArray<ThreadRange> Threads { get; init; } = [];

    /// <summary>Only threads with such a module, function, message or lock; null means no restriction.</summary>
    public string? Pattern { get; init; }

    /// <summary>Only threads with at least this many nested callbacks; 0 means no restriction.</summary>
    public int MinDepth { get; init; }

    /// <summary>Only threads at the callback's return.</summary>
    public bool AtReturnOnly { get; init; }

    /// <summary>Exactly the threads that are left out otherwise.</summary>
    public bool Invert { get; init; }

    /// <summary>Only threads that show the same as this one; null means no restriction.</summary>
    public ThreadRange? Like { get; init; }

    /// <summary>Whether threads are restricted beyond the default.</summary>
    public bool IsRestricting => !Threads.IsEmpty || Like is not null || Pattern is not null || MinDepth > 0 || AtReturnOnly || Invert;

    /// <summary>Whether threads are listed that are in no callback.</summary>
    public bool ListsOthers => All || Invert || !Threads.IsEmpty || Like is not null;

    /// <summary>Whether the frames of threads are looked through.</summary>
    public bool UsesFrames => Pattern is not null;

    /// <summary>Whether a thread can pass by its identity alone; one that cannot is only judged for what it has to do with the others.</summary>
    public bool MayPass(ThreadIdentity thread) => Threads.IsEmpty || Invert || IsAskedFor(thread);

    /// <summary>The findings a table lists: threads in a callback unless <c>-a</c>, restricted by the filters.</summary>
    public ImmutableArray<ThreadFinding> ForTable(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        HashSet<int>? alike = Like is { } like ? Alike(like, report) : null;
        HashSet<int> shown = Pattern is null ? [] : [.. report.Conclude().Findings.SelectMany(finding => finding.Threads)];
        return [.. report.Findings.Where(finding => (IsListed(finding, report, shown) && alike?.Contains(finding.Thread.Position) != false) != Invert)];
    }

    /// <summary>The findings JSON lists: all threads, restricted by the filters.</summary>
    public ImmutableArray<ThreadFinding> ForJson(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return IsRestricting ? ForTable(report) : report.Findings;
    }

    /// <summary>Anyone who names a thread wants its row, whatever the verdict.</summary>
    private bool IsAskedFor(ThreadIdentity thread)
    {
        foreach (ThreadRange range in Threads)
        {
            if (range.Contains(thread))
                return true;
        }

        return false;
    }

    /// <summary>Whether a thread passes the filters, whatever its verdict.</summary>
    internal bool Selects(ThreadFinding finding, Report report) => Passes(finding, report) != Invert;

    /// <summary>Says that no thread passed, with what there is instead.</summary>
    internal string NothingMatched(Report report)
    {
        string options = string.Join(' ', new[] { MinDepth > 0 ? string.Create(CultureInfo.InvariantCulture, $"-d {MinDepth}") : null, Pattern is null ? null : $"-m {Pattern}", AtReturnOnly ? "-r" : null, Invert ? "-not" : null }.OfType<string>());
        ReportSummary summary = report.Summary;
        string there = MinDepth > summary.MaxDepth && summary.MaxDepth > 0 ? string.Create(CultureInfo.InvariantCulture, $"; the deepest has {summary.MaxDepth} callback{(summary.MaxDepth == 1 ? "" : "s")}")
            : string.Create(CultureInfo.InvariantCulture, $" ({summary.Threads} searched{(All || Invert ? "" : "; -a searches those in no callback too")})");
        return options.Length == 0 ? "no thread matches" : $"no thread matches {options}{there}";
    }

    private static HashSet<int> Alike(ThreadRange like, Report report)
    {
        HangResult result = report.Conclude();
        HashSet<(string, string, string, string)> keys = [.. result.Threads.Where(thread => like.Contains(thread.Finding.Thread)).Select(thread => ThreadRow.Of(thread, result, report.Source).Key)];
        return [.. result.Threads.Where(thread => keys.Contains(ThreadRow.Of(thread, result, report.Source).Key)).Select(thread => thread.Position)];
    }

    /// <summary>A name may be searched for that stands on the screen, in the row of a thread of a finding that is in no callback.</summary>
    private bool IsListed(ThreadFinding finding, Report report, HashSet<int> shown) =>
        (All || Like is not null || finding.Verdict is Verdict.InCallback or Verdict.AtReturn || shown.Contains(finding.Thread.Position) || IsAskedFor(finding.Thread)) && Passes(finding, report);

    private bool Passes(ThreadFinding finding, Report report)
    {
        if (!Threads.IsEmpty && !IsAskedFor(finding.Thread))
            return false;
        if (finding.Depth < MinDepth)
            return false;
        if (AtReturnOnly && finding.Verdict != Verdict.AtReturn)
            return false;

        return Pattern is null || NamesOf(finding, report).Any(new NamePattern(Pattern).Matches);
    }

    private static IEnumerable<string> NamesOf(ThreadFinding finding, Report report)
    {
        IEnumerable<object?> names = NamesOf(finding, ThreadFacts.All).Concat(finding.Callbacks.SelectMany(callback => NamesOf(callback, CallbackFacts.All)));
        names = names.Concat(finding.Callbacks.Select(DisplayText.OfDelivered));
        names = names.Concat((report.Waits?.Of(finding.Thread.Position)?.Waits ?? []).SelectMany(wait => new[] { wait.Object.Symbol, wait.Object.Name }));
        if (report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack))
            names = names.Concat(stack.Frames.Concat(stack.Wow64Half?.Frames ?? []).Select(frame => $"{frame.Module}!{frame.Function}"));

        return names.OfType<string>();
    }

    private static IEnumerable<object?> NamesOf<T>(T subject, ImmutableArray<Fact<T>> facts) =>
        facts.Where(fact => fact.Kind == FactKind.Name).Select(fact => fact.Value(subject));

    private static int ParseDepth(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int depth) && depth > 0
            ? depth
            : throw new FormatException("a depth is a number from 1, for example 2");
}
