using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Owners;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The thread whose frames are being read.</summary>
internal sealed class ThreadBuilder(NamePool names, TargetTraits target)
{
    /// <summary>Most frames of one stack; debuggers print no more (the engine's limit for <c>k</c> is 0xffff).</summary>
    public const int MostFrames = 0xffff;

    private readonly List<StackFrame> _frames = [];
    private readonly StackDump _dump = new();
    private StackContext _context = new();
    private ThreadStack? _nativeHalf;
    private string? _failure;
    private bool _lastHasNameOnly;
    private bool _historic;
    private OriginVotes _origin;
    private (int Hexadecimal, int Decimal)? _limit;

    /// <summary>What the line that introduced the thread says of it; null when there was none.</summary>
    public ThreadHeader? Header { get; private set; }

    /// <summary>What else is said of the thread; null as long as nothing of it was read.</summary>
    public ThreadNotes? Notes { get; set; }

    public bool HasFrames => _frames.Count > 0;

    /// <summary>What the rows say when they are the table of callback routines; null when they are not.</summary>
    public string? RoutineTable => RoutineRows.Describe(_frames);

    /// <summary>Whether no more frames can be taken.</summary>
    public bool IsFull => _frames.Count == MostFrames;

    /// <summary>Whether a thread was introduced whose frames have not come yet.</summary>
    public bool AwaitsFrames => Header is not null && _frames.Count == 0;

    /// <summary>Whether there is something to make a thread of: an id, or frames.</summary>
    public bool IsStarted => Header is { NeedsFrames: false, IsRow: false } || _frames.Count > 0 || _nativeHalf is not null;

    /// <summary>Whether the frame read last is where threads start, so that none can follow.</summary>
    public bool IsAtStart => HasFrames && ThreadStart.EndsStack(_frames[^1]);

    /// <summary>Whether what was read is one name alone, as in <c>FAULTING_IP</c>, which no head line calls a stack.</summary>
    public bool IsLoneName => _frames.Count == 1 && _lastHasNameOnly && !_context.IsAnnounced;

    /// <summary>Whether the only frame is the callback dispatcher: evidence, where it can be a piece of a stack.</summary>
    public bool IsLoneDispatcher => _frames.Count == 1 && FrameReading.Of(_frames[0]).Role == FrameRole.Dispatcher;

    public void Begin(ThreadHeader header)
    {
        Header = header;
        _failure = header.Problem;
        _context.Announce();
    }

    /// <summary>The frames that follow are announced as a stack by a head line or a command.</summary>
    public void Announce(bool isRawScan = false)
    {
        _context.Announce();
        _context.IsRawScan |= isRawScan;
    }

    public void SetLimit((int Hexadecimal, int Decimal)? limit) => _limit = limit;

    public void NoteElision() => _context.NoteElision();

    public void NoteUnreadRow() => _context.NoteUnreadRow();

    public void NoteNamelessWord() => _context.NamelessWords++;

    /// <summary>Takes what the line of a frame says of the system the thread runs on.</summary>
    public void NoteOrigin(ReadOnlySpan<byte> line) => _origin.Note(line);

    /// <summary>Takes what a line below the header says of the thread.</summary>
    public void NoteDetails(ReadOnlySpan<byte> line)
    {
        if (Header?.Kernel is { } kernel)
            Header = Header with { Kernel = KernelNotes.Read(line, kernel) };
        if (Header is { IsListed: true } && IsOfList(line))
            NoteRow();
        _failure ??= Failure.Read(line);
    }

    /// <summary>The header is a row of a list of threads.</summary>
    public void NoteRow() => Header = Header is null ? null : Header with { IsRow = true };

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
    public bool BeginsAnotherStack(in FrameText frame, bool afterBlank) =>
        HasFrames && !frame.Has(FrameTraits.Inline) && StackBoundary.Parts(_frames[^1], _context, MakeFrame(frame), frame, afterBlank);

    public void Add(in FrameText frame, bool isCalledByFrameAbove = false)
    {
        StackFrame made = MakeFrame(frame);
        target.Note(frame, made.Function, made.Side);
        _context.NoteFrame(made, frame.Number, isCalledByFrameAbove);
        _lastHasNameOnly = frame.Has(FrameTraits.NameOnly);
        _context.IsRawScan |= frame.Has(FrameTraits.RawScan);
        _historic |= frame.Has(FrameTraits.Historic);
        _frames.Add(made);
        NoteArguments(frame, made);
        _dump.BeginFrame();
    }

    /// <summary>Replaces the frame read last, whose line was wrapped.</summary>
    public void ReplaceLast(in FrameText frame)
    {
        StackFrame made = MakeFrame(frame);
        target.Note(frame, made.Function, made.Side);
        _frames[^1] = made;
        NoteArguments(frame, made);
    }

    /// <summary>Gives the frame read last the displacement printed after its parameters.</summary>
    public void CompleteLast(ulong? displacement) => _frames[^1] = _frames[^1] with { Displacement = displacement };

    /// <summary>The frames read so far are the 64-bit half of a WoW64 thread, whose 32-bit half follows.</summary>
    public void BeginGuestHalf()
    {
        ThreadHeader? header = Header;
        ThreadNotes? notes = Notes;
        ThreadStack? native = Take(header);
        _nativeHalf = native;
        Header = header;
        Notes = notes;
        _context.Announce();
    }

    /// <summary>Makes the thread and starts anew; null when what was read is no stack of a thread of Windows.</summary>
    /// <param name="header">What names the thread; null when nothing does.</param>
    public ThreadStack? Take(ThreadHeader? header)
    {
        ThreadStack? native = _nativeHalf;
        ThreadStack? stack = Make(header);
        Clear();
        if (stack is null || native is null)
            return stack ?? native;
        return native with { Thread = stack.Thread, Wow64Half = stack.Frames.IsEmpty ? null : stack };
    }

    public void Clear()
    {
        _frames.Clear();
        _dump.Clear();
        _context = new StackContext();
        _origin = default;
        Header = null;
        Notes = null;
        _nativeHalf = null;
        _failure = null;
        _limit = null;
        _lastHasNameOnly = _historic = false;
    }

    private ThreadStack? Make(ThreadHeader? header)
    {
        _context.IsCut |= header?.IsExcerpt == true || IsAtLimit();
        if (_origin.IsOtherSystem(_frames) || StackArrangement.Of(_frames, _context) is not { } arranged)
            return null;
        return new ThreadStack
        {
            Thread = header?.ToIdentity() ?? new ThreadIdentity(Position: 0),
            Frames = arranged.Frames,
            Walk = arranged.Walk,
            Missing = arranged.Missing,
            Memory = _dump.Memory,
            Problem = HasFrames ? null : _failure ?? "no frames are printed",
            Kernel = header?.Kernel,
            IsHistoric = _historic,
            Managed = ManagedPrint.Of(arranged.Frames),
        };
    }

    private StackFrame MakeFrame(in FrameText frame)
    {
        string? module = names.Get(frame.Module);
        return new StackFrame(
            module,
            names.Get(frame.Function),
            frame.Displacement,
            frame.InstructionPointer ?? 0,
            frame.StackPointer ?? 0,
            frame.ReturnAddress ?? 0,
            KernelSide.Of(frame, module));
    }

    private void NoteArguments(in FrameText frame, in StackFrame made)
    {
        if (frame.Arguments.Any && TellingFrames.Has(made.Function))
            Notes?.Add(made, frame.Arguments.Values, frame.Arguments.Are32Bit);
    }

    /// <summary>The lines below a row of <c>~*</c>.</summary>
    private static bool IsOfList(ReadOnlySpan<byte> line) =>
        line.TrimStart(" \t"u8) is var text && (text.StartsWith("Start: "u8) || text.StartsWith("Priority: "u8));

    private bool IsAtLimit() =>
        _limit is { } limit && (_frames.Count == limit.Hexadecimal || _frames.Count == limit.Decimal);
}
