using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Options;

namespace KCallbacks.Reports.Filter;

/// <summary>Which threads of a report the user wants to see. The default is the command without options.</summary>
public sealed record ThreadFilter
{
    /// <summary>The options, in the order of the help.</summary>
    public static ImmutableArray<CommandOption<ThreadFilter>> Options { get; } =
    [
        new("-a", "--all", null, "list every thread one by one; in groups (-g) every id",
            (filter, _) => filter with { All = true }),
        new("-t", "--threads", "LIST", "only these threads, whatever their verdict: numbers and ranges of the debugger, or system ids: 0,3-7,0x1a2c,~~[1a2c]",
            (filter, list) => filter with { Threads = filter.Threads.AddRange(ThreadRange.ParseList(list)) }),
        new("-m", "--match", "PATTERN", "only threads with this in a module or function name; * and ? match the whole of module!function, module or function: -m *LoadLibrary*",
            (filter, pattern) => filter with { Pattern = pattern }),
        new("-d", "--depth", "N", "only threads with at least N callbacks nested",
            (filter, number) => filter with { MinDepth = ParseDepth(number) }),
        new("-r", "--at-return", null, "only threads at ZwCallbackReturn",
            (filter, _) => filter with { AtReturnOnly = true }),
        new("-i", "--invert", null, "invert: exactly the threads that are left out without -i",
            (filter, _) => filter with { Invert = true }),
    ];

    /// <summary>Whether every thread is listed, not only those in a callback; in groups, every id.</summary>
    public bool All { get; init; }

    /// <summary>Only these threads; empty means no restriction.</summary>
    public ImmutableArray<ThreadRange> Threads { get; init; } = [];

    /// <summary>Only threads with such a module or function; null means no restriction.</summary>
    public string? Pattern { get; init; }

    /// <summary>Only threads with at least this many nested callbacks; 0 means no restriction.</summary>
    public int MinDepth { get; init; }

    /// <summary>Only threads at the callback's return.</summary>
    public bool AtReturnOnly { get; init; }

    /// <summary>Exactly the threads that are left out otherwise.</summary>
    public bool Invert { get; init; }

    /// <summary>Whether threads are restricted beyond the default.</summary>
    public bool IsRestricting => !Threads.IsEmpty || Pattern is not null || MinDepth > 0 || AtReturnOnly || Invert;

    /// <summary>Whether threads are listed that are in no callback.</summary>
    public bool ListsOthers => All || Invert || !Threads.IsEmpty;

    /// <summary>Whether the frames of threads are looked through.</summary>
    public bool UsesFrames => Pattern is not null;

    /// <summary>Whether a thread can pass by its identity alone; one that cannot need not be judged.</summary>
    public bool MayPass(ThreadIdentity thread) => Threads.IsEmpty || Invert || IsAskedFor(thread);

    /// <summary>The findings a table lists: threads in a callback unless <c>-a</c>, restricted by the filters.</summary>
    public ImmutableArray<ThreadFinding> ForTable(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. report.Findings.Where(finding => IsListed(finding, report) != Invert)];
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

    private bool IsListed(ThreadFinding finding, Report report) =>
        (All || finding.Verdict is Verdict.InCallback or Verdict.AtReturn || IsAskedFor(finding.Thread)) && Passes(finding, report);

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
        if (report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack))
            names = names.Concat(stack.Frames.Select(frame => $"{frame.Module}!{frame.Function}"));

        return names.OfType<string>();
    }

    private static IEnumerable<object?> NamesOf<T>(T subject, ImmutableArray<Fact<T>> facts) =>
        facts.Where(fact => fact.Kind == FactKind.Name).Select(fact => fact.Value(subject));

    private static int ParseDepth(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int depth) && depth > 0
            ? depth
            : throw new FormatException("a depth is a number from 1, for example 2");
}
