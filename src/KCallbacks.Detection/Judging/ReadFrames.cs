using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>What the frames of a stack say by their names: the same of every thread that came the same way, so it is worked out once.</summary>
internal sealed class ReadFrames
{
    private readonly ImmutableArray<StackFrame> _frames;
    private readonly bool _isRawScan;
    private ShownShapes? _shapes;

    /// <summary>Reads frames.</summary>
    /// <param name="frames">The frames, innermost first.</param>
    /// <param name="evidence">What they show.</param>
    /// <param name="isRawScan">Whether they are raw words of a stack.</param>
    public ReadFrames(ImmutableArray<StackFrame> frames, FrameEvidence evidence, bool isRawScan)
    {
        _frames = frames;
        _isRawScan = isRawScan;
        Evidence = evidence;
        Callbacks = evidence.Callbacks.IsEmpty ? [] : [.. evidence.Callbacks.Select(callback => FrameWitness.Read(frames, callback, isRawScan))];
        BlockedIn = evidence.BlockedIn < 0 ? null : PrintedName.Of(frames[evidence.BlockedIn]);
        KernelFunction = KernelHalf.FunctionOf(frames.AsSpan());
    }

    /// <summary>Of a thread that was not walked.</summary>
    public static ReadFrames None { get; } = new([], new FrameEvidence { BlockedIn = -1 }, isRawScan: false);

    /// <summary>What the frames show, by their indexes.</summary>
    public FrameEvidence Evidence { get; }

    /// <summary>The callbacks of <see cref="Evidence"/> with their names.</summary>
    public ImmutableArray<Callback> Callbacks { get; }

    /// <summary>The frame that says what the thread does now; null when none does.</summary>
    public string? BlockedIn { get; }

    /// <summary>The innermost kernel function that says it; null without a kernel half.</summary>
    public string? KernelFunction { get; }

    /// <summary>Whether a thread has the same frames, wherever on the stack they lie.</summary>
    public bool AreOf(ThreadStack stack)
    {
        if (stack.Frames.Length != _frames.Length || (stack.Walk == WalkExtent.RawScan) != _isRawScan)
            return false;
        for (int i = 0; i < _frames.Length; i++)
        {
            if (!IsAlike(_frames.ItemRef(i), stack.Frames.ItemRef(i)))
                return false;
        }

        return true;
    }

    /// <summary>The shapes of hangs that the frames show of a thread, found once for all threads of which the same was found.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="finding">What was found of it.</param>
    /// <param name="find">Finds them.</param>
    public ImmutableArray<HangShape> ShapesOf(ThreadStack stack, ThreadFinding finding, Func<ThreadStack, ThreadFinding, ImmutableArray<HangShape>> find)
    {
        if (_shapes is { } known && known.AreOf(stack, finding))
            return known.Shapes;
        ImmutableArray<HangShape> shapes = find(stack, finding);
        _shapes = new ShownShapes(stack.InstructionPointer, finding, shapes);
        return shapes;
    }

    private static bool IsAlike(in StackFrame left, in StackFrame right) =>
        left.InstructionPointer == right.InstructionPointer
        && left.Displacement == right.Displacement
        && left.Side == right.Side
        && left.IsUnexported == right.IsUnexported
        && left.Function == right.Function
        && left.Module == right.Module;

    private sealed record ShownShapes(ulong InstructionPointer, ThreadFinding Finding, ImmutableArray<HangShape> Shapes)
    {
        public bool AreOf(ThreadStack stack, ThreadFinding finding) =>
            stack.InstructionPointer == InstructionPointer
            && finding.Verdict == Finding.Verdict
            && finding.BlockedIn == Finding.BlockedIn
            && FrameOf(finding) == FrameOf(Finding);

        private static int? FrameOf(ThreadFinding finding) => finding.Callbacks is [{ } innermost, ..] ? innermost.Frame : null;
    }
}
