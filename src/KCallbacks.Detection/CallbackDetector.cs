using KCallbacks.Detection.Frames;
using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Judging;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;

namespace KCallbacks.Detection;

/// <summary>Judges the threads of one process. Safe to use from several threads if the process view is.</summary>
public sealed class CallbackDetector
{
    private readonly Architecture _architecture;
    private readonly CallbackFrameFinder _memory;
    private readonly MemoryWitness _remembered;
    private readonly WaitingPlace _places;
    private readonly FrameReadingCache _readings = new();
    private readonly ShapeFinder _shapes = new(ShapeRules.All);
    private readonly CodePlaces _codePlaces;
    private readonly PossibleSender _sender;
    private readonly bool _mayHaveWow64Halves;
    private JudgedStack? _last;

    /// <summary>Prepares to judge.</summary>
    /// <param name="process">The process; <see cref="UnknownProcess"/> where there are only printed stacks.</param>
    public CallbackDetector(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        var calls = new SystemCallReader(process);
        _architecture = process.Architecture;
        _memory = new CallbackFrameFinder(process);
        _remembered = new MemoryWitness(process, calls);
        _places = new WaitingPlace(process, calls);
        _codePlaces = new CodePlaces(process);
        _sender = new PossibleSender(process, calls);
        _mayHaveWow64Halves = Wow64Halves.MayBeIn(process);
    }

    /// <summary>Says whether a thread is in a kernel-to-user callback, and why. Never throws for what a stack holds.</summary>
    public ThreadFinding Judge(ThreadStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (_last is { } last && last.IsOf(stack))
            return last.Finding with { Thread = stack.Thread };

        ThreadFinding finding = JudgeAnew(stack);
        if (stack.Frames.Length >= JudgedStack.FewestFrames)
            _last = new JudgedStack(stack, finding);
        return finding;
    }

    private ThreadFinding JudgeAnew(ThreadStack stack)
    {
        ThreadStack native = _mayHaveWow64Halves ? Wow64Halves.Split(stack) : stack;
        ThreadFinding finding = JudgeHalf(native, _memory.Examine(native), _architecture);
        if (native.Wow64Half is { } emulated)
            finding = Wow64Halves.Join(finding, JudgeHalf(emulated, _memory.Examine(emulated, Architecture.X86), Architecture.X86));
        finding = KernelTestimony.Apply(finding, stack);
        return _codePlaces.AddTo(finding, native) with
        {
            Shapes = _shapes.Find(native, finding),
            Kernel = stack.Kernel,
            KernelFunction = KernelHalf.FunctionOf(native.Frames.AsSpan()),
        };
    }

    /// <summary>
    /// Says of a thread that was read but not walked that it is in no callback; null when that is not sure, so that a walk may tell
    /// more: also of a thread that may wait for another thread's window. Where memory is all there is, this costs a fraction of <see cref="Judge"/>.
    /// Registers are not needed: without them the memory may begin below the stack pointer, and what is left over there makes it less sure.
    /// </summary>
    public ThreadFinding? Clear(ThreadStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (stack.Kernel is not null || stack.Wow64Half is not null)
            return Judge(stack) is { Verdict: Verdict.None } finding ? finding : null;
        return IsFree(stack) && !_sender.MayBe(stack) ? _codePlaces.AddTo(Judgement.OfCleared(stack, _places), stack) : null;
    }

    /// <summary>Without registers, bytes that nearly are a callback frame may be the remains of one below the stack pointer.</summary>
    private bool IsFree(ThreadStack stack) => stack.InstructionPointer == 0
        ? _memory.IsFreeOfFrames(stack)
        : _memory.Examine(stack) is { CanProveAbsence: true, IsAtReturn: false, ReturnStub: null, Frames.IsEmpty: true };

    private ThreadFinding JudgeHalf(ThreadStack half, MemoryEvidence memory, Architecture architecture)
    {
        FrameEvidence frames = FrameEvidence.Of(half.Frames, _readings, half.Walk == WalkExtent.RawScan);
        return Judgement.Of(_remembered, half, frames, memory, _places.Of(half, frames, architecture));
    }
}
