using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Phrases;

/// <summary>The fixed sentences of the result.</summary>
/// <param name="result">What was found.</param>
/// <param name="report">Of what.</param>
internal sealed class ResultSentence(HangResult result, Report report)
{
    /// <summary>Threads that are spoken of one by one; more are counted.</summary>
    private const int Few = 12;

    /// <summary>Threads that wait for nobody on record and are spoken of by the first of them.</summary>
    private const int FewOwnerless = 3;

    /// <summary>Characters of a name in a sentence; the rows have more of it.</summary>
    private const int LongestName = 48;

    /// <summary>How a name of the target is written.</summary>
    public Func<string, string> NameOf { get; init; } = name => name;

    /// <summary><c>DEADLOCK</c>, with <c>~</c> where an edge is only likely.</summary>
    public string Keyword => DisplayText.KeywordOf(result.State) + (result.State > HangState.Busy && result.Proof == WaitProof.Likely ? "~" : "");

    /// <summary>What hangs, for whom, and who must let go.</summary>
    public string Text => result.State is HangState.Unclear or HangState.Idle || result.Findings.IsEmpty ? Quiet() : Of(result.Findings[0]);

    /// <summary>The sentence of one finding.</summary>
    public string Of(HangFinding finding) => finding.Form switch
    {
        HangForm.Circle => Circle(finding),
        HangForm.Chain => Chain(finding),
        HangForm.Nobody => Nobody(finding),
        _ => Running(finding),
    };

    private string Circle(HangFinding finding)
    {
        string behind = finding.Behind.Length == 0 ? "" : $"; {Counted.Of(finding.Behind.Length, "more thread waits", "more threads wait")} behind {(finding.Cycle.Length == 1 ? "it" : "them")}";
        string end = finding.EndsAfter is { } time ? $", until a time-out of {Counted.Time(time)}" : "";
        if (finding.Cycle is [var only])
            return $"thread {Name(only)} waits for a lock that it {(finding.Proof == WaitProof.Certain ? "holds itself" : "probably holds itself")}{end}{behind}.";
        string names = finding.Cycle.Length > Few ? Counted.Of(finding.Cycle.Length, "thread") : $"threads {Counted.List([.. finding.Cycle.Select(Name)])}";
        return $"{names} wait {(finding.Cycle.Length == 2 ? "for each other" : "in a circle")}{Loading(finding)}{end}{behind}.";
    }

    /// <summary>Whoever runs an entry point holds the loader lock, and every thread may come to need it.</summary>
    private string Loading(HangFinding finding)
    {
        foreach (int position in finding.Cycle)
        {
            if (result.Of(position) is { } thread && CallbackPhrases.LoadedModule(thread.Finding) is { } module)
                return $", {Name(position)} in DllMain of {NameOf($"{module}.dll")}";
        }

        return "";
    }

    private string Chain(HangFinding finding)
    {
        WaitOwner head = finding.Head!;
        string held = $"; {Counted.Of(finding.Behind.Length, "thread")} held up.";
        int first = finding.Windows.IsEmpty ? finding.Behind.Min() : finding.Windows[0];
        string subject = finding.Windows.Length > Few ? $"{finding.Windows.Length} UI threads wait" : $"{UiThread(first)} waits";
        return $"{subject} for {HeadOf(head, first)}{held}";
    }

    private string HeadOf(WaitOwner head, int waiter)
    {
        if (head.Position is { } position && result.Of(position) is { } state)
            return $"thread {Name(position)}{(Doing(state) is { Length: > 0 } doing ? $", which {doing}" : "")}";
        Wait? wait = result.Of(waiter)?.Waits?.Waits.FirstOrDefault(wait => wait.Owners.Any(owner => owner.SystemId == head.SystemId));
        string name = ThreadName.Of(head, result);
        if (head.ProcessId is not null)
        {
            string program = head.ProcessName is { Length: > 0 } known ? $", {known}" : "";
            return wait?.Kind == WaitKind.WindowMessage ? $"a window of another process{program} (thread {name})" : $"thread {name} of another process{program}";
        }

        return wait?.Kind is WaitKind.CriticalSection or WaitKind.LoaderLock or null ? $"thread {name}, which is gone" : $"thread {name}, which is none of this process";
    }

    private string Nobody(HangFinding finding)
    {
        HangThread first = result.Of(finding.Behind[0])!;
        OwnerUnknown? why = first.Waits is { } waits ? OwnerPhrases.WhyUnknown(waits) : null;
        if (finding.Behind.Length > FewOwnerless)
        {
            bool inCallbacks = finding.Behind.All(position => result.Of(position)!.Finding.Depth > 0);
            string place = inCallbacks ? "threads wait inside callbacks" : "UI threads are blocked";
            return string.Create(CultureInfo.InvariantCulture, $"{finding.Behind.Length} {place}; for whom is not {(why == OwnerUnknown.NotRecorded ? "recorded" : InCapture())}.");
        }

        string who = why switch
        {
            OwnerUnknown.NotRecorded => $"; who {VerbOf(first)} is not recorded",
            OwnerUnknown.NotCaptured => $"; for whom is not {InCapture()}",
            OwnerUnknown.Ambiguous => $"; {Candidates(first)}",
            _ => "",
        };
        return $"{UiThread(finding.Behind[0])} {Doing(first)}{who}.";
    }

    private string Candidates(HangThread thread)
    {
        Wait wait = thread.Waits!.Waits.First(wait => !wait.Candidates.IsEmpty);
        string[] names = [.. wait.Candidates.Select(owner => ThreadName.Of(owner, result))];
        return names.Length == 1 ? $"thread {names[0]} holds each that fits" : $"threads {Counted.List(names)} fit, and which of them must let go is not known";
    }

    private string InCapture() => report.Source.Kind switch
    {
        SourceKind.Text or SourceKind.Recording => "in this text",
        SourceKind.Dump => "in this dump",
        _ => report.Source.Path is null ? "known" : "in this dump",
    };

    private static string VerbOf(HangThread state) => state.Waits!.Waits.FirstOrDefault(wait => OwnerPhrases.WhyUnknown(wait) is not null)?.Kind switch
    {
        WaitKind.Event => "sets it",
        WaitKind.Semaphore => "releases it",
        WaitKind.SlimLock or WaitKind.KeyedEvent => "holds it",
        WaitKind.ConditionVariable => "signals it",
        WaitKind.Address => "holds or changes it",
        WaitKind.Call => "serves it",
        WaitKind.WindowMessage => "answers last",
        _ => "ends it",
    };

    private string Running(HangFinding finding)
    {
        HangThread state = result.Of(finding.Behind[0])!;
        string place = state.Finding.Depth > 0 && state.Activity == ThreadActivity.Runs ? " inside a callback" : "";
        bool alike = finding.Behind.All(position => result.Of(position)?.Activity == state.Activity);
        string others = finding.Behind.Length == 1 ? "" : alike && state.Activity == ThreadActivity.Returning ? $"; {Counted.Number(finding.Behind.Length - 1)} more likewise"
            : $"; {Counted.Of(finding.Behind.Length - 1, "more runs", "more run")}";
        return $"{UiThread(state.Position)} {Doing(state)}{place}{others}.";
    }

    private string Quiet()
    {
        int all = report.Summary.Threads;
        return result.Doubt switch
        {
            HangDoubt.NothingToJudge => "there is no thread to judge.",
            HangDoubt.CutShort => $"{Judged()}; none of them is blocked.",
            HangDoubt.NotJudged when result.Doubted == all => all == 1 ? "the thread could not be judged." : $"none of {all} threads could be judged.",
            HangDoubt.NotJudged => string.Create(CultureInfo.InvariantCulture, $"{result.Doubted} of {all} threads could not be judged."),
            HangDoubt.WindowThreadUnknown => $"what {UiThread(result.Threads.First(state => state is { IsUiThread: true, Activity: ThreadActivity.Unknown }).Position)} does is not known.",
            HangDoubt.ActivityUnknown when report.Summary.WithCallback == 0 => $"no thread is in a callback; what {Counted.Of(result.Doubted, "thread does", "threads do")} is not known.",
            HangDoubt.ActivityUnknown => $"no thread in a callback is blocked; what {Counted.Of(result.Doubted, "other thread does", "other threads do")} is not known.",
            HangDoubt.Answered => Answered(),
            _ => Idle(),
        };
    }

    private string Judged() => report.ThreadsInSource is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{report.Summary.Threads} of {Counted.Of(all, "thread")} were judged")
        : $"{Counted.Of(report.Summary.Threads, "thread was", "threads were")} judged before the end";

    private string Answered()
    {
        HangThread state = result.Threads.First(state => state is { IsUiThread: true, IsAnswered: true });
        return $"{UiThread(state.Position)} waits for a window of thread {ThreadName.Of(state.Waits!.Waits[0].Owners[0], result)}, which answers messages.";
    }

    private string Idle()
    {
        int waiting = result.Threads.Count(state => state.IsUiThread && state.Activity == ThreadActivity.Pumps);
        return waiting == 0 ? "no UI thread was seen." : $"no UI thread is blocked; {(waiting == 1 ? "1 waits" : string.Create(CultureInfo.InvariantCulture, $"{waiting} wait"))} for messages.";
    }

    private string Doing(HangThread state) => state.Activity switch
    {
        ThreadActivity.Returning => "is about to return to the kernel",
        ThreadActivity.Runs => $"runs {NameOf(Fold.Symbol(SymbolText.Of(state.StandsIn!), LongestName))}",
        ThreadActivity.Sleeps => "sleeps",
        ThreadActivity.Pumps => "waits for messages",
        ThreadActivity.Waits => $"waits for {NounOf(state.Waits!)}",
        _ => "",
    };

    private static string NounOf(ThreadWaits waits) => waits.Waits is [{ IsBroadcast: true }] ? "every top-level window"
        : waits.Waits is [var only] ? WaitPhrases.NounOf(only.Kind)
        : waits.Mode == WaitMode.Any ? $"any of {waits.Waits.Length} objects"
        : $"{waits.Waits.Length} objects";

    private string UiThread(int position) => $"{(result.Of(position) is { IsUiThread: true } ? "UI thread" : "thread")} {Name(position)}";

    private string Name(int position) => ThreadName.Of(position, result);
}
