using System.Collections.Immutable;
using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Judging;
using KCallbacks.Detection.Managed;
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
    private readonly ReadFramesCache _frames = new();
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
    public ThreadFinding Judge(ThreadStack stack) => Judge(stack, Search(stack));

    /// <summary>Says it of a thread whose memory was searched before.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="memory">What <see cref="Search"/> found in its memory.</param>
    public ThreadFinding Judge(ThreadStack stack, MemoryEvidence memory)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (_last is { } last && last.IsOf(stack))
            return last.Finding with { Thread = stack.Thread };

        ThreadFinding finding = JudgeAnew(stack, memory);
        if (stack.Frames.Length >= JudgedStack.FewestFrames)
            _last = new JudgedStack(stack, finding);
        return finding;
    }

    private ThreadFinding JudgeAnew(ThreadStack stack, MemoryEvidence memory)
    {
        ThreadStack native = _mayHaveWow64Halves ? Wow64Halves.Split(stack) : stack;
        ReadFrames frames = _frames.Of(native);
        ThreadFinding finding = JudgeHalf(native, frames, ReferenceEquals(native, stack) ? memory : _memory.Examine(native), _architecture);
        ImmutableArray<HangShape> shapesOfHalf = [];
        if (native.Wow64Half is { } emulated)
        {
            ThreadFinding half = PlacedIn(emulated, JudgeHalf(emulated, _frames.Of(emulated), _memory.Examine(emulated, Architecture.X86), Architecture.X86));
            shapesOfHalf = _shapes.Find(emulated, half);
            finding = Wow64Halves.Join(finding, half);
        }

        finding = Numbered(KernelTestimony.Apply(finding, stack));
        ThreadFinding judged = PlacedIn(RunningHalf(native), finding) with
        {
            Shapes = Wow64Halves.Join(frames.ShapesOf(native, finding, _shapes.Find), shapesOfHalf),
            Kernel = stack.Kernel,
            KernelFunction = frames.KernelFunction,
        };
        return Explain(judged, stack, memory);
    }

    /// <summary>A finding with the place where the thread stands.</summary>
    private ThreadFinding PlacedIn(ThreadStack stack, ThreadFinding finding)
    {
        ulong instruction = CodePlaces.InstructionOf(stack);
        return finding with { InstructionPointer = instruction, InstructionPlace = _codePlaces.Of(instruction) };
    }

    /// <summary>The half whose registers are known: of a thread that runs 32-bit code only those of that half are.</summary>
    private static ThreadStack RunningHalf(ThreadStack native) =>
        native is { InstructionPointer: 0, Frames.IsEmpty: true, Wow64Half: { } emulated } ? emulated : native;

    /// <summary>A finding with what the .NET runtime says of the thread, which explains it and may clear a thread that is unknown.</summary>
    /// <param name="finding">What was found without.</param>
    /// <param name="stack">The thread with what the runtime says.</param>
    /// <param name="memory">What <see cref="Search"/> found in the thread's memory.</param>
    public static ThreadFinding Explain(ThreadFinding finding, ThreadStack stack, MemoryEvidence memory)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Managed is { } managed ? ManagedEvidence.Apply(finding, stack.Frames, managed, memory) : finding;
    }

    /// <summary>An outer callback keeps its number when another nests on top; only the innermost one can return.</summary>
    private static ThreadFinding Numbered(ThreadFinding finding) => finding.Callbacks.IsEmpty
        ? finding
        : finding with
        {
            Callbacks =
            [
                .. finding.Callbacks.Select((callback, index) => callback with
                {
                    Level = finding.Depth - index,
                    IsReturning = index == 0 && finding.Verdict == Verdict.AtReturn,
                }),
            ],
        };

    /// <summary>What a thread's memory shows. The search is most of the work on a thread, so whoever needs it twice hands it on.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="isCancelled">Asked now and then whether to end the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public MemoryEvidence Search(ThreadStack stack, Func<bool>? isCancelled = null) => _memory.Examine(stack, isCancelled);

    /// <summary>
    /// Finding "no callback" for a thread that was not walked, by the kernel's count or by its stack memory alone; null when these
    /// cannot prove it, or when the thread may be a sender (<see cref="PossibleSender"/>), so that the caller reads on or walks it.
    /// This costs a fraction of <see cref="Judge(ThreadStack)"/>.
    /// </summary>
    /// <remarks>
    /// Registers are not needed. Without them the memory may begin below the stack pointer, where a callback that is over leaves its
    /// frame: then any remains of one are no proof.
    /// </remarks>
    /// <param name="stack">The thread with its kernel state or its memory.</param>
    /// <param name="isCancelled">Asked now and then whether to end the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public ThreadFinding? TryProveNoCallback(ThreadStack stack, Func<bool>? isCancelled = null)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (stack.Kernel is not null || stack.Wow64Half is not null)
            return Judge(stack, Search(stack, isCancelled)) is { Verdict: Verdict.None } finding ? finding : null;
        if (stack.InstructionPointer != 0)
            return TryProveNoCallback(stack, Search(stack, isCancelled));
        return _memory.IsFreeOfFrames(stack, isCancelled) && !_sender.MayBe(stack) ? Cleared(stack, default) : null;
    }

    /// <summary>The same for a thread whose registers were read and whose memory was searched before.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="memory">What <see cref="Search"/> found in its memory.</param>
    public ThreadFinding? TryProveNoCallback(ThreadStack stack, MemoryEvidence memory)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (stack.Wow64Half is not null)
            return Judge(stack, memory) is { Verdict: Verdict.None, Confidence: > Confidence.Low, Disagreements.IsEmpty: true } both ? both : null;
        bool isFree = memory is { CanProveAbsence: true, IsAtReturn: false, ReturnStub: null, Frames.IsEmpty: true };
        return isFree && !_sender.MayBe(stack) ? Cleared(stack, memory) : null;
    }

    private ThreadFinding Cleared(ThreadStack stack, MemoryEvidence memory) => Judgement.OfCleared(stack, memory, _places, _codePlaces);

    private ThreadFinding JudgeHalf(ThreadStack half, ReadFrames frames, MemoryEvidence memory, Architecture architecture) =>
        Judgement.Of(_remembered, half, frames, memory, _places.Of(half, frames, architecture));
}
