using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.HangShapes;

/// <summary>Finds the known shapes of hangs in the frames of a thread. Safe to use from several threads.</summary>
/// <param name="rules">How callbacks' shapes are known; any number, in any order of their questions.</param>
internal sealed class ShapeFinder(ImmutableArray<ShapeRule> rules)
{
    private const int NoFrame = -1;

    /// <summary>Rules for which no memory is allocated.</summary>
    private const int MostOnStack = 64;

    private readonly ShapeMarkCache _marks = new(rules);
    private readonly int _lockRule = rules.IndexOf(rules.FirstOrDefault(rule => rule.Name == ShapeRules.LockName)!);

    /// <summary>The shapes of a thread in a callback, or of one that waits for another thread's window.</summary>
    public ImmutableArray<HangShape> Find(ThreadStack stack, ThreadFinding finding)
    {
        HangShape? sender = finding.Verdict == Verdict.Unknown ? null : SenderShape.Find(stack, finding);
        ImmutableArray<HangShape> shapes = finding is { Verdict: not Verdict.Unknown, Callbacks: [{ Frame: { } callback }, ..] }
            ? OfCallback(stack.Frames, callback)
            : [];
        return sender is null ? shapes : shapes.Insert(0, sender);
    }

    private ImmutableArray<HangShape> OfCallback(ImmutableArray<StackFrame> frames, int callback)
    {
        Span<int> hits = rules.Length <= MostOnStack ? stackalloc int[rules.Length] : new int[rules.Length];
        Span<int> alsoInside = rules.Length <= MostOnStack ? stackalloc int[rules.Length] : new int[rules.Length];
        hits.Fill(NoFrame);
        alsoInside.Fill(NoFrame);
        for (int i = 0; i < frames.Length; i++)
            Note(_marks.Of(frames.ItemRef(i)), i, callback, hits, alsoInside);

        uint answered = 0;
        var shapes = ImmutableArray.CreateBuilder<HangShape>();
        if (WaitForLock(frames, callback, hits) is var wait and >= 0 && ReenteredShape.Find(frames, callback, wait) is { } reentered)
            shapes.Add(reentered);
        for (int r = 0; r < rules.Length; r++)
        {
            bool fits = hits[r] != NoFrame && (rules[r].AlsoInside.IsEmpty || alsoInside[r] != NoFrame);
            uint question = 1u << (int)rules[r].Question;
            if (!fits || (answered & question) != 0)
                continue;
            answered |= question;
            shapes.Add(new(rules[r].Id, rules[r].Name, rules[r].AlsoInside.IsEmpty ? [hits[r]] : [alsoInside[r], hits[r]]));
        }

        return shapes.DrainToImmutable();
    }

    /// <summary>Index of the frame that waits for a lock of the process's own; -1 when none does.</summary>
    private int WaitForLock(ImmutableArray<StackFrame> frames, int callback, ReadOnlySpan<int> hits) =>
        _lockRule >= 0 && hits[_lockRule] != NoFrame ? hits[_lockRule] : ReenteredShape.WaitOnAddress(frames, callback);

    /// <summary>Notes the rules that a frame speaks for; of each rule the innermost frame counts.</summary>
    private void Note(ShapeMark mark, int index, int callback, Span<int> hits, Span<int> alsoInside)
    {
        foreach (int rule in mark.Rules)
        {
            if (hits[rule] == NoFrame && rules[rule].Covers(index, callback))
                hits[rule] = index;
        }

        foreach (int rule in mark.AlsoInside)
        {
            if (alsoInside[rule] == NoFrame && index < callback)
                alsoInside[rule] = index;
        }
    }
}
