using System.Collections.Immutable;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Lines;
using KCallbacks.PrintedStacks.Owners;
using KCallbacks.PrintedStacks.Threads;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks;

/// <summary>
/// Reads stacks out of whatever a debugger, profiler or crash reporter printed. A frame is recognised by its structure, so no
/// form has to be named; lines around stacks are passed over; lines inside a stack that are not understood are reported.
/// </summary>
internal sealed class StackTextReader
{
    private readonly PlainLines _lines;
    private readonly ProblemLog _problems;
    private readonly ThreadBuilder _thread;
    private readonly WrappedLine _wrapped = new();
    private readonly DuplicateStacks _duplicates = new();
    private readonly OwnerReader _owners = new();
    private readonly PrintedWaits _waits = new();
    private readonly PrintedThreads _threads;
    private readonly ThreadNaming _naming = new();
    private readonly OtherOutput _other = new();
    private readonly ParallelStacks _parallel = new();
    private readonly SymbolNoise _noise = new();

    private ColumnLayout _layout;
    private TypedCommand _command;
    private bool _afterBlank;
    private bool _parametersOpen;
    private (long Line, string Text)? _unreadRow;
    private bool _lastEndsEarly;
    private int _othersLeftOut;

    /// <param name="stream">UTF-8 text.</param>
    /// <param name="problems">Takes what cannot be read.</param>
    /// <param name="target">Takes what the text says of the target; made anew when it is null.</param>
    public StackTextReader(Stream stream, ProblemLog problems, TargetTraits? target = null)
    {
        Target = target ?? new TargetTraits();
        _lines = new PlainLines(stream, problems);
        _problems = problems;
        _thread = new ThreadBuilder(new NamePool(), Target);
        _threads = new PrintedThreads(_waits);
    }

    /// <summary>What the lines read so far say of the target.</summary>
    public TargetTraits Target { get; }

    /// <summary>Number of the last line read; 0 for an empty text.</summary>
    public long LastLine => _lines.Number;

    /// <summary>Who waits for whom, as far as the text tells; null where it has more than can be told apart. Final when all threads were read.</summary>
    public WaitGraph? Waits => _waits.Graph(_owners.Ledger);

    /// <summary>The threads in the order of the text, each as soon as nothing can be added to it.</summary>
    public IEnumerable<ThreadStack> ReadThreads()
    {
        while (_lines.Read())
        {
            ReadLine(_lines.Current);
            while (_threads.TryTake(out ThreadStack stack))
                yield return stack;
        }

        TakeParallel(_parallel.Finish());
        _threads.Release();
        while (_threads.TryTake(out ThreadStack stack))
            yield return stack;
        if (_waits.IsOverfull || _owners.Ledger.IsOverfull)
            _problems.AddWarning(line: null, "who waits for whom is not told: the text has more threads or locks than a process");
        if (_othersLeftOut > 0)
            _problems.AddWarning(line: null, $"left out {_othersLeftOut:N0} stacks that are no threads of Windows");
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            ReadBlank();
        else if (_parallel.TryRead(line, out ImmutableArray<ThreadStack> parallel))
            TakeParallel(parallel);
        else if (Fence.Is(line))
            EndOutput();
        else if (Prompt.TryRead(line, out Prompt prompt))
            ReadPrompt(prompt);
        else if (TryReadOwner(line))
            _wrapped.Forget();
        else if (!_command.ListsSymbols || EndsListing(line))
            ReadOutput(line);
    }

    /// <summary>Lines that name owners of locks stand between stacks, above them, or among the frames.</summary>
    private bool TryReadOwner(ReadOnlySpan<byte> line)
    {
        _owners.Place.Thread = _thread.Notes;
        _owners.Place.AwaitsFrames = _thread.AwaitsFrames;
        return _owners.TryRead(line);
    }

    private void ReadBlank()
    {
        _afterBlank = true;
        _parametersOpen = false;
        _wrapped.Forget();
        _other.End();
        // Below a list of bare names, a bare word after a blank line is prose.
        if (_thread.HasFrames && _layout.IsCallSiteOnly)
            _layout = default;
    }

    private void ReadPrompt(in Prompt prompt)
    {
        EndOutput();
        Target.Note(prompt);
        _command = TypedCommand.Read(prompt.Command, prompt.Thread);
        _owners.Note(prompt, _command.RunsTarget);
        _naming.Note(prompt, _command);
        if (_command.PrintsStacks)
            _thread.Announce();
    }

    /// <summary>What comes now was not printed by the command typed before.</summary>
    private void EndOutput()
    {
        TakeParallel(_parallel.Finish());
        _layout = default;
        _command = default;
        _naming.EndCommand();
        _owners.End();
        _other.End();
        _afterBlank = true;
    }

    /// <summary>A list of symbols or values goes on up to the next prompt, unless a stack is announced before.</summary>
    private bool EndsListing(ReadOnlySpan<byte> line)
    {
        if (!HeadLine.TryRead(line, out _) && !Wow64HalfLine.TryRead(line, out _))
            return false;
        EndOutput();
        return true;
    }

    private void ReadOutput(ReadOnlySpan<byte> line)
    {
        if (_other.TryRead(line))
        {
            EndThread();
            return;
        }


        bool isFrame = FrameLine.TryRead(line, _layout, out FrameText frame) && !IsRestOfParameters(frame);
        if (_noise.Is(line, isFrame && !frame.Has(FrameTraits.NameOnly | FrameTraits.BareWord)))
            return;
        if (isFrame)
            ReadFrame(line, frame);
        else if (_parametersOpen)
            CloseParameters(line);
        else if (!TryReadAnnouncement(line))
            ReadUnknown(line);
    }

    /// <summary>Threads of a tree that has ended; their groups look like fences of Markdown.</summary>
    private void TakeParallel(ImmutableArray<ThreadStack> threads)
    {
        EndThread();
        foreach (ThreadStack stack in threads)
            _threads.Add(stack, new ThreadNotes(_owners.Ledger.Scopes.Current));
    }

    private void ReadFrame(ReadOnlySpan<byte> line, in FrameText frame)
    {
        if (_wrapped.TryJoin(line, frame, _layout, out FrameText whole))
        {
            ReplaceOrAdd(line, whole);
        }
        else
        {
            // Wrapped arguments stand before the rest of their row, which has no stack pointer of its own.
            GiveUpUnreadRow(isFrame: frame.StackPointer is not null || frame.Number is not null);
            AddFrame(line, frame);
        }

        _unreadRow = null;
        _wrapped.Remember(line, isFrame: true);
    }

    private void AddFrame(ReadOnlySpan<byte> line, in FrameText frame)
    {
        if (_thread.BeginsAnotherStack(frame, _afterBlank))
            EndThread();
        else if (_thread.IsFull)
            EndFullThread();
        _afterBlank = false;
        if (!_thread.HasFrames)
            BeginFrames();
        _parametersOpen = frame.Has(FrameTraits.OpenParameters);
        _thread.SetLimit(_command.Limit);
        if (_command.IsRawScan)
            _thread.Announce(isRawScan: true);
        _thread.Add(frame, CallMark.IsCalledByFrameAbove(line));
        _thread.NoteOrigin(line);
    }

    private void BeginFrames()
    {
        _owners.End();
        _thread.Notes ??= new ThreadNotes(_owners.Ledger.Scopes.Current);
    }

    private void ReplaceOrAdd(ReadOnlySpan<byte> line, in FrameText whole)
    {
        if (_wrapped.IsFrame)
            _thread.ReplaceLast(whole);
        else
            AddFrame(line, whole);
    }

    /// <summary>A name alone may be a parameter's value; only addresses or a number show that the next frame has begun.</summary>
    private bool IsRestOfParameters(in FrameText frame) => _parametersOpen && frame.Has(FrameTraits.NameOnly);

    private void CloseParameters(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        if (!ParameterList.Close(ref line))
            return;
        _parametersOpen = false;
        _thread.CompleteLast(Displacement.Read(ref line));
    }

    /// <summary>Lines that introduce a thread or a stack.</summary>
    private bool TryReadAnnouncement(ReadOnlySpan<byte> line)
    {
        if (Wow64HalfLine.TryRead(line, out bool isGuest))
        {
            BeginHalf(isGuest);
            return true;
        }

        if (HeadLine.TryRead(line, out HeadLine head))
        {
            if (_thread.HasFrames)
                EndThread();
            _layout = head.Layout;
            _thread.Announce(head.IsRawScan);
            return true;
        }

        if (StacksRow.TryRead(line, out ReadOnlySpan<byte> blocker) is { } row)
        {
            Begin(row);
            if (FrameLine.TryRead(blocker, default, out FrameText frame))
                AddFrame(line, frame);
            Target.NoteKernel();
            return true;
        }

        return TryReadHeader(line) || TryReadDuplicates(line);
    }

    private bool TryReadHeader(ReadOnlySpan<byte> line)
    {
        if (!_naming.TryRead(line, out ThreadHeader? header))
            return false;
        if (header is null)
            return true;

        Target.Note(header);
        _threads.Note(header);
        bool isRow = _naming.IsRowOfList(header, _lines.Number);
        if (isRow)
            _thread.NoteRow();
        Begin(header with { IsRow = isRow || (header.IsListed && _command.ListsThreads) });
        return true;
    }

    private void BeginHalf(bool isGuest)
    {
        if (!isGuest || !_thread.HasFrames)
        {
            EndThread();
            return;
        }

        _parametersOpen = false;
        _wrapped.Forget();
        _thread.BeginGuestHalf();
    }

    private void Begin(ThreadHeader header)
    {
        EndThread();
        _layout = default;
        _afterBlank = false;
        _thread.Begin(header);
        if (header.ProcessId is { } process)
            _owners.Ledger.Scopes.NoteProcess(process);
        _thread.Notes = new ThreadNotes(_owners.Ledger.Scopes.Current) { KernelAddress = RepeatedStack.KernelAddress(header.ToIdentity()) };
    }

    private bool TryReadDuplicates(ReadOnlySpan<byte> line)
    {
        if (!_duplicates.TryRead(line, out IReadOnlyList<ThreadStack> duplicates))
            return false;

        EndThread();
        foreach (ThreadStack stack in duplicates)
            _threads.Add(stack, new ThreadNotes(_owners.Ledger.Scopes.Current));
        return true;
    }

    private void ReadUnknown(ReadOnlySpan<byte> line)
    {
        Target.NoteBanner(line);
        if (Interruption.IsElision(line))
            NoteElision();
        else if (_thread.AwaitsFrames)
            _thread.NoteDetails(line);
        else if (_thread.TryNoteDump(line))
            return;
        else if (_wrapped.TryJoin(line, _layout, out FrameText whole))
            JoinRow(line, whole);
        else if (StackWord.IsNameless(line))
            _thread.NoteNamelessWord();
        else if (!Interruption.Is(line))
            ReadForeign(line);
        else
            _wrapped.Forget();
    }

    /// <summary>What was left out may be the head of what follows.</summary>
    private void NoteElision()
    {
        _thread.NoteElision();
        _owners.End();
    }

    private void JoinRow(ReadOnlySpan<byte> line, in FrameText whole)
    {
        ReplaceOrAdd(line, whole);
        _unreadRow = null;
    }

    /// <summary>Keeps a row that begins as a frame does, whose rest the next line may hold.</summary>
    private void NoteUnreadRow(ReadOnlySpan<byte> line)
    {
        GiveUpUnreadRow(isFrame: true);
        _unreadRow = (_lines.Number, Excerpt(line));
    }

    /// <summary>Nothing completes the row, so a frame of the stack is missing there.</summary>
    private void GiveUpUnreadRow(bool isFrame)
    {
        if (_unreadRow is not { } row || !isFrame)
            return;
        _problems.AddWarning(row.Line, $"not understood inside a stack: {row.Text}");
        _thread.NoteUnreadRow();
        _unreadRow = null;
    }

    /// <summary>A line that is neither a frame nor known to stand among frames.</summary>
    private void ReadForeign(ReadOnlySpan<byte> line)
    {
        bool isInside = _thread.HasFrames && !_afterBlank && !_thread.IsLoneName && !_thread.IsAtStart;
        bool isOpen = WrappedLine.IsOpen(line);
        if (isInside && StackWord.HasAddresses(line))
            NoteUnreadRow(line);
        else if (isInside)
            _problems.AddWarning(_lines.Number, $"not understood inside a stack: {Excerpt(line)}");
        else if (!isOpen && StackWord.LooksLikeFrame(line))
            _problems.AddWarning(_lines.Number, $"looks like a frame but was not understood: {Excerpt(line)}");

        _wrapped.Remember(line, isFrame: false);
        if (_thread.HasFrames && (line.EndsWith(":"u8) || _thread.IsAtStart))
            EndThread();
    }

    private void EndThread()
    {
        GiveUpUnreadRow(isFrame: true);
        _parametersOpen = false;
        _wrapped.Forget();
        if (_thread.IsLoneName && !(_thread.IsLoneDispatcher && _lastEndsEarly))
            _problems.AddWarning(_lines.Number, "a name that stands alone before this line was not taken for a stack");
        else if (_thread.IsStarted)
            Hand(_thread.Header ?? (_thread.HasFrames ? _naming.NextUnnamed() : null));
        _thread.Clear();
    }

    /// <summary>Text in which nothing ever ends a stack must not fill the memory.</summary>
    private void EndFullThread()
    {
        _problems.AddWarning(_lines.Number, $"a stack of more than {ThreadBuilder.MostFrames:N0} frames was split here");
        _thread.NoteElision();
        EndThread();
    }

    private void Hand(ThreadHeader? header)
    {
        if (_thread.RoutineTable is { } table)
        {
            _problems.AddWarning(_lines.Number, table);
            return;
        }

        ThreadNotes notes = _thread.Notes ?? new ThreadNotes(_owners.Ledger.Scopes.Current);
        if (_thread.Take(header) is not { } stack)
        {
            _othersLeftOut++;
            return;
        }

        _lastEndsEarly = !stack.Frames.IsEmpty && stack.Walk == WalkExtent.Truncated;
        _duplicates.Note(stack);
        _threads.Add(stack, notes);
        foreach (string id in header?.Others ?? [])
            _threads.Add(stack with { Thread = MexHeader.Of(id).ToIdentity() }, new ThreadNotes(notes.Scope));
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        const int Longest = 80;
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, Longest)].Trim(" \t"u8));
        return line.Length > Longest ? text + "..." : text;
    }
}
