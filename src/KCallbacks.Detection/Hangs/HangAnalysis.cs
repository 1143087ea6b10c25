using System.Collections.Immutable;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Hangs;

/// <summary>Draws the conclusion from findings and waits. The cost is linear in threads and edges.</summary>
public static class HangAnalysis
{
    /// <summary>What hangs, and who must let go.</summary>
    /// <param name="findings">Every thread judged.</param>
    /// <param name="graph">Who waits for whom; null where it was not looked at.</param>
    /// <param name="isComplete">False when threads are missing.</param>
    /// <param name="guessed">Threads in no callback by a guess that are not among the findings.</param>
    public static HangResult Of(ImmutableArray<Model.ThreadFinding> findings, WaitGraph? graph, bool isComplete, int guessed = 0)
    {
        var threads = new HangResult(HangThreads.Of(findings, graph));
        ImmutableArray<HangFinding> found = FindingsOf(threads, graph);
        HangFinding? worst = found.IsEmpty ? null : found[0];
        (HangDoubt doubt, int doubted) = DoubtOf(threads.Threads, isComplete, guessed);
        bool isSure = worst is { State: > HangState.Busy } || doubt == HangDoubt.None;
        return new HangResult(threads.Threads)
        {
            State = !isSure ? HangState.Unclear : worst?.State ?? HangState.Idle,
            Doubt = doubt,
            Doubted = doubted,
            Findings = found,
            Waits = graph,
        };
    }

    private static ImmutableArray<HangFinding> FindingsOf(HangResult threads, WaitGraph? graph)
    {
        var found = ImmutableArray.CreateBuilder<HangFinding>();
        var placed = new HashSet<int>();
        foreach (Deadlock deadlock in graph?.Deadlocks ?? [])
            found.Add(Circle(deadlock, threads));
        foreach (HangFinding finding in found)
            placed.UnionWith(finding.Threads);
        bool hasWindows = Count(threads.Threads, thread => thread.IsUiThread) > 0;
        foreach (WaitHead head in graph?.Heads ?? [])
        {
            if (Chain(head, threads, placed, hasWindows) is { } chain)
                found.Add(chain);
        }

        foreach (HangFinding finding in found)
            placed.UnionWith(finding.Threads);
        if (Group(threads, HangState.Blocked, HangForm.Nobody, state => state.IsBlocked && !placed.Contains(state.Position)) is { } nobody)
            found.Add(nobody);
        if (Group(threads, HangState.Busy, HangForm.Running, state => state.Activity is ThreadActivity.Runs or ThreadActivity.Returning && !placed.Contains(state.Position)) is { } running)
            found.Add(running);
        return found.DrainToImmutable();
    }

    private static HangFinding Circle(Deadlock deadlock, HangResult threads)
    {
        ImmutableArray<int> cycle = [.. deadlock.Cycle.Select(edge => edge.From)];
        return new HangFinding
        {
            State = HangState.Deadlock,
            Form = HangForm.Circle,
            Proof = deadlock.Proof,
            Cycle = cycle,
            Behind = deadlock.Behind,
            Windows = WindowsAmong([.. cycle, .. deadlock.Behind], threads),
            EndsAfter = deadlock.EndsAfter,
        };
    }

    /// <summary>A chain is a finding only where it holds up a thread with windows; in a program that shows none, where it holds up any.</summary>
    private static HangFinding? Chain(WaitHead head, HangResult threads, HashSet<int> placed, bool hasWindows)
    {
        ImmutableArray<int> windows = WindowsAmong(head.Behind, threads);
        return (hasWindows ? windows : head.Behind).All(placed.Contains)
            ? null
            : new HangFinding { State = HangState.Blocked, Form = HangForm.Chain, Proof = head.Proof, Head = head.Thread, Behind = head.Behind, Windows = windows };
    }

    private static HangFinding? Group(HangResult threads, HangState state, HangForm form, Func<HangThread, bool> isOf)
    {
        ImmutableArray<int> members = [.. threads.Threads.Where(thread => thread.IsUiThread && isOf(thread)).Select(thread => thread.Position)];
        return members.IsEmpty ? null : new HangFinding { State = state, Form = form, Proof = WaitProof.Certain, Behind = members, Windows = members };
    }

    private static ImmutableArray<int> WindowsAmong(ImmutableArray<int> positions, HangResult threads) =>
        [.. positions.Where(position => threads.Of(position) is { IsUiThread: true, IsAnswered: false }).Order()];

    private static (HangDoubt Doubt, int Threads) DoubtOf(ImmutableArray<HangThread> threads, bool isComplete, int guessed)
    {
        if (!isComplete)
            return (HangDoubt.CutShort, 0);
        if (threads.IsEmpty)
            return (HangDoubt.NothingToJudge, 0);
        if (Count(threads, state => !state.IsJudged) + guessed is > 0 and var unjudged)
            return (HangDoubt.NotJudged, unjudged);
        if (Count(threads, state => state is { IsUiThread: true, Activity: ThreadActivity.Unknown }) is > 0 and var dark)
            return (HangDoubt.WindowThreadUnknown, dark);
        if (Count(threads, state => state is { HasWindows: null, Activity: ThreadActivity.Unknown } && state.Finding.Kernel is not { IsSystemThread: true }) is > 0 and var unseen)
            return (HangDoubt.ActivityUnknown, unseen);
        return Count(threads, state => state is { IsUiThread: true, IsAnswered: true }) is > 0 and var answered ? (HangDoubt.Answered, answered) : (HangDoubt.None, 0);
    }

    private static int Count(ImmutableArray<HangThread> threads, Func<HangThread, bool> isCounted)
    {
        int count = 0;
        foreach (HangThread thread in threads)
        {
            if (isCounted(thread))
                count++;
        }

        return count;
    }
}
