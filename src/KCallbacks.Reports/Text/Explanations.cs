using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>What the reader of the worst finding would ask next.</summary>
internal static class Explanations
{
    /// <summary>The shape of code that runs inside and outside of a callback.</summary>
    public const string Reentered = "re-entered";

    /// <summary>The lines; none where nothing needs one.</summary>
    public static IEnumerable<Line> Lines(ReportView view)
    {
        if (view.Filter.IsRestricting)
            return [];
        if (view.Blocking is not [var worst, ..])
            return OfOtherChains(view);
        HangThread[] threads = [.. worst.Threads.Select(view.Result.Of).OfType<HangThread>()];
        return [.. OfGuess(view, threads), .. OfReentry(view, worst, threads), .. OfLibrary(view, threads), .. OfPostedMessage(view, threads), .. OfSlimLocks(view, threads)];
    }

    /// <summary>Chains that hold up no UI thread are no finding, but may be what the reader looks for.</summary>
    private static IEnumerable<Line> OfOtherChains(ReportView view) => (view.Result.Waits?.Heads ?? []) is [var head, ..]
        ? view.Prose($"Thread {ThreadName.Of(head.Thread, view.Result)} holds up {Counted.Of(head.Behind.Length, "thread")}, none of them a UI thread: {Advice.Command(view, "-w")}")
        : [];

    /// <summary>A callback that may be left over makes the answer doubtful.</summary>
    private static IEnumerable<Line> OfGuess(ReportView view, HangThread[] threads) =>
        threads.FirstOrDefault(thread => thread.Finding is { Depth: > 0, Confidence: Confidence.Low }) is { } guess
            ? view.Prose($"Thread {ThreadName.Of(guess.Finding.Thread)} is in a callback by a guess: {guess.Finding.Reason}.")
            : [];

    private static IEnumerable<Line> OfReentry(ReportView view, HangFinding worst, HangThread[] threads)
    {
        if (worst is not { Form: HangForm.Circle, Cycle.Length: 1, Proof: WaitProof.Likely } || threads[0] is not { Finding: { } finding })
            return [];
        if (finding.Shapes.FirstOrDefault(shape => shape.Id == Reentered) is not { Frames: [.., var inner, var outer] } || !view.Report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack) || outer >= stack.Frames.Length)
            return [];
        StackFrame frame = stack.Frames[outer];
        return view.Prose(FormattableString.Invariant(
            $"{frame.Module}!{frame.Function ?? "code"} is on the stack twice, frames {inner:x2} and {outer:x2}, with callback {finding.Depth} between them: it took the lock, made a window call, and was called again. Such a lock has no owner on record, hence likely."));
    }

    private static IEnumerable<Line> OfLibrary(ReportView view, HangThread[] threads)
    {
        foreach (HangThread thread in threads)
        {
            if (CallbackPhrases.LoadedModule(thread.Finding) is not { } module)
                continue;
            Callback callback = thread.Finding.Callbacks[0];
            string entry = callback.Entry is { } call ? $", in {SymbolText.Of(call)}" : "";
            string lookUp = view.IsInDebugger ? $" Whose is it: lmvm {module}" : "";
            return view.Prose($"{module}.dll was brought in by a hook (thread {ThreadName.Of(thread.Finding.Thread)}{entry}).{lookUp}");
        }

        return [];
    }

    private static IEnumerable<Line> OfPostedMessage(ReportView view, HangThread[] threads) =>
        view.Report.Summary.WithCallback == 0 && threads.FirstOrDefault(thread => thread.Finding is { HasMessageLoop: true, ProgramFunction: not null, Depth: 0 }) is { } handler
            ? view.Prose($"Thread {ThreadName.Of(handler.Finding.Thread)} handles a posted message, which needs no callback.")
            : [];

    /// <summary>Slim locks record no owner, but how they are held.</summary>
    private static IEnumerable<Line> OfSlimLocks(ReportView view, HangThread[] threads)
    {
        foreach (IGrouping<ulong, HangThread> waiters in threads.Where(thread => LockOf(thread) is { State: not null, Object.Address: not null }).GroupBy(thread => LockOf(thread)!.Object.Address!.Value).Take(1))
        {
            Wait wait = LockOf(waiters.First())!;
            HangThread[] queue = [.. view.Result.Threads.Where(thread => LockOf(thread)?.Object.Address == waiters.Key)];
            foreach (Line line in view.Prose($"{WaitPhrases.ObjectOf(wait).Text}: {wait.State}, {Counted.Of(queue.Length, "thread waits", "threads wait")}: {NumberRanges.Of(queue.Select(thread => thread.Finding.Thread))}."))
                yield return line;
        }
    }

    private static Wait? LockOf(HangThread thread) => thread.Waits is { Waits: [{ Kind: WaitKind.SlimLock } wait] } ? wait : null;
}
