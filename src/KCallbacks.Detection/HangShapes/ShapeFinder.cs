using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.HangShapes;

/// <summary>Finds the known shapes of hangs in the frames of a thread. Safe to use from several threads.</summary>
internal sealed class ShapeFinder
{
    private const int NoFrame = -1;

    private readonly ShapeMarkCache _marks = new();

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
        ImmutableArray<ShapeRule> rules = ShapeRules.All;
        Span<int> hits = stackalloc int[rules.Length];
        Span<int> alsoInside = stackalloc int[rules.Length];
        hits.Fill(NoFrame);
        alsoInside.Fill(NoFrame);
        for (int i = 0; i < frames.Length; i++)
        {
            if (_marks.Of(frames.ItemRef(i)) is { IsNone: false } mark)
                Note(mark, i, callback, hits, alsoInside);
        }

        string? answered = null;
        var shapes = ImmutableArray.CreateBuilder<HangShape>();
        for (int r = 0; r < rules.Length; r++)
        {
            bool fits = hits[r] != NoFrame && (rules[r].AlsoInside.IsEmpty || alsoInside[r] != NoFrame);
            if (!fits || rules[r].Question == answered)
                continue;
            answered = rules[r].Question;
            shapes.Add(new(rules[r].Name, rules[r].AlsoInside.IsEmpty ? [hits[r]] : [alsoInside[r], hits[r]]));
        }

        return shapes.DrainToImmutable();
    }

    /// <summary>Notes the rules that a frame speaks for; of each rule the innermost frame counts.</summary>
    private static void Note(ShapeMark mark, int index, int callback, Span<int> hits, Span<int> alsoInside)
    {
        for (int r = 0; r < hits.Length; r++)
        {
            if (hits[r] == NoFrame && mark.IsOf(r) && ShapeRules.All[r].Covers(index, callback))
                hits[r] = index;
            if (alsoInside[r] == NoFrame && mark.IsAlsoInside(r) && index < callback)
                alsoInside[r] = index;
        }
    }
}
