using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Judging;

/// <summary>The callbacks of a thread by all of its own witnesses, innermost first, and where these contradict each other.</summary>
internal sealed class CallbackJoin
{
    private readonly ThreadStack _stack;
    private readonly FrameEvidence _frames;
    private readonly MemoryEvidence _memory;
    private readonly List<CallbackCandidate> _joined = [];
    private readonly List<string> _disagreements = [];
    private readonly List<RejectedFrame> _passedBy = [];
    private Dictionary<ulong, int>? _framesByPointer;

    private CallbackJoin(ThreadStack stack, FrameEvidence frames, MemoryEvidence memory)
    {
        _stack = stack;
        _frames = frames;
        _memory = memory;
        HasTrustedWalk = IsTrusted(stack, frames);
    }

    /// <summary>The callbacks, innermost first.</summary>
    public IReadOnlyList<CallbackCandidate> Callbacks => _joined;

    /// <summary>Frames that were looked at to find those of the other witness; tests hold that it grows as the stack does.</summary>
    public int Steps { get; private set; }

    /// <summary>Why the callback of the innermost frame that no call runs below is over; null when there is none.</summary>
    public string? LeftOver { get; private set; }

    /// <summary>What has the form of a callback frame and is none of a callback that runs, lowest address first.</summary>
    public ImmutableArray<RejectedFrame> Rejected => _passedBy.Count == 0 ? _memory.Rejected : [.. _memory.Rejected.Concat(_passedBy).OrderBy(frame => frame.Address)];

    /// <summary>Whether the walk reaches the thread's start over code that it knows.</summary>
    public bool HasTrustedWalk { get; }

    /// <summary>One sentence for each contradiction.</summary>
    public IReadOnlyList<string> Disagreements => _disagreements;

    /// <summary>Merges in the order of the stack what frames and memory show of one thread.</summary>
    public static CallbackJoin Of(ThreadStack stack, FrameEvidence frames, MemoryEvidence memory, ImmutableArray<CallbackCandidate> walked, ImmutableArray<CallbackCandidate> remembered)
    {
        var join = new CallbackJoin(stack, frames, memory);
        join.Merge(join.WithoutRepeats(walked), remembered);
        return join;
    }

    /// <summary>
    /// The callbacks of a walk that goes outwards only: one that loops, as those of x86 over wrong frame data do, comes by the same dispatchers
    /// again, and each is one callback.
    /// </summary>
    private ImmutableArray<CallbackCandidate> WithoutRepeats(ImmutableArray<CallbackCandidate> walked)
    {
        if (walked.Length < 2)
            return walked;
        ulong last = 0;
        int before = _disagreements.Count;
        var once = ImmutableArray.CreateBuilder<CallbackCandidate>(walked.Length);
        foreach (CallbackCandidate candidate in walked)
        {
            ulong pointer = UserStackPointerOf(candidate);
            if (pointer != 0 && pointer <= last)
            {
                _disagreements.Add($"frame {candidate.Callback.Frame} shows a callback again: its stack pointer 0x{pointer:x} lies no further out than that of the callback before");
                continue;
            }

            last = Math.Max(last, pointer);
            once.Add(candidate);
        }

        return _disagreements.Count == before ? walked : once.DrainToImmutable();
    }

    /// <summary>0 where the walk tells none: of frames of the kernel, whose stacks lie in any order, and of inlined ones, which have small numbers.</summary>
    private ulong UserStackPointerOf(CallbackCandidate candidate) =>
        candidate.Callback is { Frame: { } frame, Evidence: EvidenceSource.Frames } && frame < _stack.Frames.Length
        && _stack.Frames[frame].StackPointer is >= AddressSpace.LowestMapped and < AddressSpace.KernelStart and var pointer ? pointer : 0;

    private void Merge(ImmutableArray<CallbackCandidate> walked, ImmutableArray<CallbackCandidate> remembered)
    {
        int w = 0;
        int r = 0;
        while (w < walked.Length && r < remembered.Length)
        {
            ulong address = remembered[r].Callback.Address!.Value;
            if (walked[w].Place is not { } place || place.Contains(address))
                AddBoth(walked[w++], remembered[r++]);
            else if (address < place.Start)
                AddRemembered(remembered[r++]);
            else
                AddWalked(walked[w++]);
        }

        while (w < walked.Length)
            AddWalked(walked[w++]);
        while (r < remembered.Length)
            AddRemembered(remembered[r++]);
    }

    private void AddBoth(CallbackCandidate walked, CallbackCandidate remembered)
    {
        Callback frame = walked.Callback;
        Callback memory = remembered.Callback;
        if (frame.Entry is not null && memory.Entry is not null && IsName(memory.Entry) && !HaveSameFunction(frame.Entry, memory.Entry))
            _disagreements.Add($"frame {frame.Frame} was entered through {frame.Entry}, but its callback frame returns into {memory.Entry}");

        Confidence confidence = frame.Confidence > memory.Confidence ? frame.Confidence : memory.Confidence;
        bool agrees = frame.Confidence >= Confidence.Medium && memory.Confidence >= Confidence.Medium;
        _joined.Add(new(
            memory with
            {
                Routine = frame.Routine ?? memory.Routine,
                Entry = frame.Entry ?? memory.Entry,
                Handler = frame.Handler,
                Frame = frame.Frame,
                Evidence = frame.Evidence | memory.Evidence,
                Confidence = agrees ? Confidence.High : confidence,
                ConfidenceReason = $"{frame.ConfidenceReason}; {memory.ConfidenceReason}",
            },
            IsProof: true,
            remembered.Place,
            remembered.Frame));
    }

    private void AddWalked(CallbackCandidate walked)
    {
        if (Contradiction(walked) is not { } contradiction)
        {
            _joined.Add(walked);
            return;
        }

        _disagreements.Add($"frame {walked.Callback.Frame} shows a callback, but {contradiction}");
        if (!walked.IsProof)
            return;
        Callback doubted = walked.Callback with { Confidence = Confidence.Low, ConfidenceReason = contradiction };
        _joined.Add(walked with { Callback = doubted });
    }

    private string? Contradiction(CallbackCandidate walked)
    {
        if (walked.Place is { } place)
        {
            if (RejectedIn(place) is { } rejected)
                return $"stack memory says that its callback is over: {rejected.Reason}";
        }

        return _memory.CanProveAbsence && walked.Callback.Evidence == EvidenceSource.Frames ? "stack memory holds no callback frame for it" : null;
    }

    private void AddRemembered(CallbackCandidate remembered)
    {
        ulong address = remembered.Callback.Address!.Value;
        int frame = FrameAt(address);
        if (frame >= 0)
        {
            if (_stack.Frames[frame].Function is not null)
                _disagreements.Add($"frame {frame} is named {PrintedName.Of(_stack.Frames[frame])}, but stack memory shows the dispatcher's callback frame there");
            _joined.Add(remembered with { Callback = remembered.Callback with { Frame = frame } });
        }
        else if (HasTrustedWalk && !MayBePassedBy(remembered.Frame!))
        {
            _disagreements.Add($"stack memory shows a callback frame at 0x{address:x16}, but the walk to the thread's start does not pass it");
            _passedBy.Add(new RejectedFrame(address, "the walk to the thread's start does not pass it"));
        }
        else if (remembered.Frame is { IsDoubted: true } doubted)
        {
            LeftOver ??= doubted.LivenessReason;
            _passedBy.Add(new RejectedFrame(address, doubted.LivenessReason));
        }
        else
        {
            _joined.Add(Unconfirmed(remembered));
        }
    }

    /// <summary>
    /// Where no symbols tell the size of frames, walks of x86 go along EBP and past functions that keep none; the dispatcher is lost with its
    /// routine when that is such a function. A frame of which nothing else tells whether it runs stays with what the walk says.
    /// </summary>
    private bool MayBePassedBy(CallbackFrame frame) =>
        frame.Layout is CallbackLayout.X86Xp or CallbackLayout.X86Vista or CallbackLayout.X86Windows10
        && (frame.Liveness > Confidence.Low || frame.IsDoubted)
        && _stack.Frames.Any(walked => walked.Function is null);

    /// <summary>
    /// An intact callback frame can be left over from a callback that is over; only a walk shows that the stack still goes through it.
    /// Where not even its routine's call in progress speaks for it, nothing but its structure does.
    /// </summary>
    private static CallbackCandidate Unconfirmed(CallbackCandidate remembered)
    {
        Callback callback = remembered.Callback;
        CallbackFrame frame = remembered.Frame!;
        Confidence most = frame.Liveness > Confidence.Low ? Confidence.Medium : Confidence.Low;
        return remembered with
        {
            Callback = callback with
            {
                Confidence = callback.Confidence < most ? callback.Confidence : most,
                ConfidenceReason = $"{callback.ConfidenceReason}; {frame.LivenessReason}; no walk passes it, so it may be left over",
            },
        };
    }

    /// <summary>A walk that knows all code it passed and reached the thread's start missed nothing: what memory shows beside it is left over.</summary>
    private static bool IsTrusted(ThreadStack stack, FrameEvidence frames) =>
        frames is { Sight: WalkCoverage.ToThreadStart, IsUnbroken: true }
        && stack.Missing == MissingFrames.None
        && stack.Walk is WalkExtent.Complete or WalkExtent.Truncated
        && stack.Frames.All(frame => frame.StackPointer != 0);

    /// <summary>The first rejected frame in a stretch; they are ordered by address.</summary>
    private RejectedFrame? RejectedIn(StackRange place)
    {
        ImmutableArray<RejectedFrame> rejected = _memory.Rejected;
        int low = 0;
        int high = rejected.Length;
        while (low < high)
        {
            Steps++;
            int middle = (low + high) >>> 1;
            if (rejected[middle].Address < place.Start)
                low = middle + 1;
            else
                high = middle;
        }

        return low < rejected.Length && place.Contains(rejected[low].Address) ? rejected[low] : null;
    }

    /// <summary>Index of the innermost frame with a stack pointer; -1 when there is none.</summary>
    private int FrameAt(ulong address)
    {
        _framesByPointer ??= IndexFrames();
        return _framesByPointer.GetValueOrDefault(address, -1);
    }

    private Dictionary<ulong, int> IndexFrames()
    {
        var frames = new Dictionary<ulong, int>(_stack.Frames.Length);
        for (int i = 0; i < _stack.Frames.Length; i++)
        {
            Steps++;
            frames.TryAdd(_stack.Frames[i].StackPointer, i);
        }

        return frames;
    }

    /// <summary>Where nothing names the stub, its place in the module contradicts nothing.</summary>
    private static bool IsName(string entry) => entry.Contains('!', StringComparison.Ordinal);

    private static bool HaveSameFunction(string left, string right) =>
        Function(left).Equals(Function(right), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Function(string name) => name.AsSpan(name.IndexOf('!', StringComparison.Ordinal) + 1);
}
