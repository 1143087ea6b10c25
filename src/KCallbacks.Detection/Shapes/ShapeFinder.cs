using System.Collections.Immutable;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Shapes;

/// <summary>Finds the known shapes of hangs in the frames of a thread.</summary>
internal static class ShapeFinder
{
    private const int NoFrame = -1;

    /// <summary>The shapes of a thread in a callback, or of one that waits for another thread's window.</summary>
    public static ImmutableArray<HangShape> Find(ThreadStack stack, ThreadFinding finding)
    {
        HangShape? sender = finding.Verdict == Verdict.Unknown ? null : SenderShape.Find(stack, finding);
        ImmutableArray<HangShape> shapes = finding is { Verdict: not Verdict.Unknown, Callbacks: [{ Frame: { } callback }, ..] }
            ? OfCallback(stack.Frames, callback)
            : [];
        return sender is null ? shapes : shapes.Insert(0, sender);
    }

    private static ImmutableArray<HangShape> OfCallback(ImmutableArray<StackFrame> frames, int callback)
    {
        ImmutableArray<ShapeRule> rules = ShapeRules.All;
        Span<int> hits = stackalloc int[rules.Length];
        Span<int> alsoInside = stackalloc int[rules.Length];
        hits.Fill(NoFrame);
        alsoInside.Fill(NoFrame);
        for (int i = 0; i < frames.Length; i++)
            Read(frames.ItemRef(i), i, callback, hits, alsoInside);

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

    /// <summary>Holds one frame against all rules; of each rule the innermost frame counts.</summary>
    private static void Read(in StackFrame frame, int index, int callback, Span<int> hits, Span<int> alsoInside)
    {
        FunctionName name = FunctionName.Of(frame.Function);
        if (name.Word.IsEmpty)
            return;

        ReadOnlySpan<char> module = ModuleName.Plain(frame.Module);
        for (int r = 0; r < hits.Length; r++)
        {
            ShapeRule rule = ShapeRules.All[r];
            if (hits[r] == NoFrame && rule.Covers(index, callback) && IsAny(rule.Patterns, module, name, frame.Displacement))
                hits[r] = index;
            if (alsoInside[r] == NoFrame && index < callback && IsAny(rule.AlsoInside, module, name, frame.Displacement))
                alsoInside[r] = index;
        }
    }

    private static bool IsAny(ImmutableArray<FramePattern> patterns, ReadOnlySpan<char> module, FunctionName name, ulong? displacement)
    {
        foreach (FramePattern pattern in patterns)
        {
            if (pattern.Matches(module, name, displacement))
                return true;
        }

        return false;
    }
}
