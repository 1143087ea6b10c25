using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Frames;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The thread whose frames are being read.</summary>
internal sealed class ThreadBuilder(NamePool names, TargetTraits target)
{
    /// <summary>Most frames of one stack; debuggers print no more (the engine's limit for <c>k</c> is 0xffff).</summary>
    public const int MostFrames = 0xffff;

    /// <summary>So many stack words without a name show that a dump of the stack is read, not a walk.</summary>
    private const int WordsOfScan = 3;

    private readonly List<StackFrame> _frames = [];
    private readonly StackDump _dump = new();
    private ThreadHeader? _header;
    private ThreadStack? _nativeHalf;
    private string? _failure;
    private int _firstNumber;
    private int? _lastNumber;
    private bool _descends;
    private bool _lastHasNameOnly;
    private bool _announced;
    private bool _elided;
    private bool _rawScan;
    private bool _historic;
    private int _namelessWords;
    private (int Hexadecimal, int Decimal)? _limit;

    public bool HasFrames => _frames.Count > 0;

    /// <summary>Whether no more frames can be taken.</summary>
    public bool IsFull => _frames.Count == MostFrames;

    /// <summary>Whether a thread was introduced whose frames have not come yet.</summary>
    public bool AwaitsFrames => _header is not null && _frames.Count == 0;

    /// <summary>Whether there is something to make a thread of: an id, or frames.</summary>
    public bool IsStarted => _header is { NeedsFrames: false } || _frames.Count > 0 || _nativeHalf is not null;

    /// <summary>Whether what was read is one name alone, as in <c>FAULTING_IP</c>, which no head line calls a stack.</summary>
    public bool IsLoneName => _frames.Count == 1 && _lastHasNameOnly && !_announced && _header is null;

    public void Begin(ThreadHeader header)
    {
        _header = header;
        _failure = header.Problem;
    }

    /// <summary>The frames that follow are announced as a stack by a head line or a command.</summary>
    public void Announce(bool isRawScan = false)
    {
        _announced = true;
        _rawScan |= isRawScan;
    }

    public void SetLimit((int Hexadecimal, int Decimal)? limit) => _limit = limit;

    public void NoteElision() => _elided = true;

    public void NoteNamelessWord() => _namelessWords++;

    /// <summary>Takes what a line below the header says of the thread.</summary>
    public void NoteDetails(ReadOnlySpan<byte> line)
    {
        if (_header?.Kernel is { } kernel)
            _header = _header with { Kernel = KernelNotes.Read(line, kernel) };
        _failure ??= Failure.Read(line);
    }

    /// <summary>Takes registers and stack bytes printed below the frame read last; false when the line holds none.</summary>
    public bool TryNoteDump(ReadOnlySpan<byte> line)
    {
        if (!HasFrames || !_dump.TryRead(line))
            return false;

        StackFrame frame = _frames[^1];
        _frames[^1] = frame with
        {
            StackPointer = frame.StackPointer == 0 ? _dump.StackPointer?.Value ?? 0 : frame.StackPointer,
            InstructionPointer = frame.InstructionPointer == 0 ? _dump.InstructionPointer?.Value ?? 0 : frame.InstructionPointer,
        };
        target.NoteAddress(_dump.StackPointer?.Digits ?? 0);
        return true;
    }

    /// <summary>Whether <paramref name="frame"/> cannot belong to the stack read so far.</summary>
    public bool BeginsAnotherStack(in FrameText frame, bool afterBlank)
    {
        if (!HasFrames || frame.Has(FrameTraits.Inline))
            return false;
        return frame.Number is { } number ? NumberBeginsAnother(number, afterBlank) : UnnumberedBeginsAnother(frame, afterBlank);
    }

    public void Add(in FrameText frame)
    {
        if (frame.Number is { } number)
            NoteNumber(number);
        _lastHasNameOnly = frame.Has(FrameTraits.NameOnly);
        _rawScan |= frame.Has(FrameTraits.RawScan);
        _historic |= frame.Has(FrameTraits.Historic);
        _frames.Add(MakeFrame(frame));
        _dump.BeginFrame();
    }

    /// <summary>Replaces the frame read last, whose line was wrapped.</summary>
    public void ReplaceLast(in FrameText frame) => _frames[^1] = MakeFrame(frame);

    /// <summary>Gives the frame read last the displacement printed behind its parameters.</summary>
    public void CompleteLast(ulong? displacement) => _frames[^1] = _frames[^1] with { Displacement = displacement };

    /// <summary>The frames read so far are the 64-bit half of a WoW64 thread, whose 32-bit half follows.</summary>
    public void BeginGuestHalf()
    {
        ThreadHeader? header = _header;
        ThreadStack native = Take(position: 0);
        _nativeHalf = native;
        _header = header;
        _announced = true;
    }

    /// <summary>Makes the thread and starts anew.</summary>
    public ThreadStack Take(int position)
    {
        ThreadStack? native = _nativeHalf;
        var stack = new ThreadStack
        {
            Thread = new ThreadIdentity(position, _header?.Printed, _header?.EngineId, _header?.SystemId),
            Frames = [.. _frames],
            Walk = Walk(),
            Memory = _dump.Memory,
            Problem = HasFrames ? null : _failure ?? "no frames are printed",
            Kernel = _header?.Kernel,
            IsHistoric = _historic,
        };
        Clear();
        return native is null ? stack : native with { Thread = stack.Thread, Wow64Half = stack.Frames.IsEmpty ? null : stack };
    }

    public void Clear()
    {
        _frames.Clear();
        _dump.Clear();
        _header = null;
        _nativeHalf = null;
        _failure = null;
        _firstNumber = 0;
        _lastNumber = null;
        _limit = null;
        _namelessWords = 0;
        _descends = _lastHasNameOnly = _announced = _elided = _rawScan = _historic = false;
    }

    private StackFrame MakeFrame(in FrameText frame)
    {
        string? module = names.Get(frame.Module);
        string? function = names.Get(frame.Function);
        FrameSide side = KernelSide.Of(frame, module);
        target.Note(frame, function, side);
        return new StackFrame(
            module,
            function,
            frame.Displacement,
            frame.InstructionPointer ?? 0,
            frame.StackPointer ?? 0,
            frame.ReturnAddress ?? 0,
            side);
    }

    private bool NumberBeginsAnother(int number, bool afterBlank)
    {
        if (_lastNumber is not { } last)
            return number == 0 || afterBlank;
        if (_descends)
            return number > last;
        if (number == 0)
            return !(last == 1 && _frames.Count == 1);
        return afterBlank && number < last;
    }

    private bool UnnumberedBeginsAnother(in FrameText frame, bool afterBlank)
    {
        StackFrame last = _frames[^1];
        bool comesLower = frame.StackPointer is { } pointer && pointer < last.StackPointer;
        if (!afterBlank)
            return ThreadStart.EndsStack(last) && (comesLower || frame.Has(FrameTraits.NameOnly)) && !ThreadStarts.Has(names.Get(frame.Function));
        if (_lastNumber is not null || frame.StackPointer is null || last.StackPointer == 0)
            return true;
        bool leavesKernel = last.Side == FrameSide.Kernel && KernelSide.Of(frame, names.Get(frame.Module)) != FrameSide.Kernel;
        return ThreadStart.EndsStack(last) || (comesLower && !leavesKernel);
    }

    private void NoteNumber(int number)
    {
        if (_lastNumber is null && _frames.Count == 0)
            _firstNumber = number;
        if (_lastNumber is { } last && _frames.Count == 1)
            _descends = number < last;
        _lastNumber = number;
    }

    private WalkExtent Walk()
    {
        if (!HasFrames)
            return WalkExtent.Failed;
        if (_rawScan || _namelessWords >= WordsOfScan || StepsWordByWord())
            return WalkExtent.RawScan;
        if (_elided || _header?.IsExcerpt == true || (_firstNumber > 0 && !_descends) || IsAtLimit())
            return WalkExtent.Truncated;
        return ThreadStart.IsIn(_frames[^1]) ? WalkExtent.Complete : WalkExtent.Truncated;
    }

    private bool IsAtLimit() =>
        _limit is { } limit && (_frames.Count == limit.Hexadecimal || _frames.Count == limit.Decimal);

    /// <summary>Whether the stack pointer grows by one word from each line to the next, as in <c>dps</c>.</summary>
    private bool StepsWordByWord()
    {
        const int FewestFrames = 4;
        if (_frames.Count < FewestFrames)
            return false;

        ulong step = _frames[1].StackPointer - _frames[0].StackPointer;
        if (step is not (4 or 8))
            return false;
        for (int index = 1; index < _frames.Count; index++)
        {
            if (_frames[index].StackPointer - _frames[index - 1].StackPointer != step)
                return false;
        }

        return true;
    }
}
