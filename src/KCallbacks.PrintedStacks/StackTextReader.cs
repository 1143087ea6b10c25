using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Lines;
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
    private readonly Queue<ThreadStack> _ready = new();

    private ColumnLayout _layout;
    private TypedCommand _command;
    private bool _afterBlank;
    private bool _parametersOpen;
    private int _position;

    /// <param name="stream">UTF-8 text.</param>
    /// <param name="problems">Takes what cannot be read.</param>
    /// <param name="target">Takes what the text says of the target; made anew when it is null.</param>
    public StackTextReader(Stream stream, ProblemLog problems, TargetTraits? target = null)
    {
        Target = target ?? new TargetTraits();
        _lines = new PlainLines(stream, problems);
        _problems = problems;
        _thread = new ThreadBuilder(new NamePool(), Target);
    }

    /// <summary>What the lines read so far say of the target.</summary>
    public TargetTraits Target { get; }

    /// <summary>Number of the last line read; 0 for an empty text.</summary>
    public long LastLine => _lines.Number;

    /// <summary>The threads in the order of the text, each as soon as its last line was read.</summary>
    public IEnumerable<ThreadStack> ReadThreads()
    {
        while (_lines.Read())
        {
            ReadLine(_lines.Current);
            while (_ready.TryDequeue(out ThreadStack? stack))
                yield return stack;
        }

        EndThread();
        while (_ready.TryDequeue(out ThreadStack? stack))
            yield return stack;
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            _afterBlank = true;
            _parametersOpen = false;
            _wrapped.Forget();
            return;
        }

        if (Prompt.TryRead(line, out Prompt prompt))
            ReadPrompt(prompt);
        else if (!_command.ListsSymbols)
            ReadOutput(line);
    }

    private void ReadPrompt(in Prompt prompt)
    {
        EndThread();
        Target.Note(prompt);
        _layout = default;
        _command = TypedCommand.Read(prompt.Command);
        if (_command.PrintsStacks)
            _thread.Announce();
    }

    private void ReadOutput(ReadOnlySpan<byte> line)
    {
        if (FrameLine.TryRead(line, _layout, out FrameText frame) && !IsRestOfParameters(frame))
        {
            if (!_wrapped.TryJoin(line, frame, _layout, out FrameText whole))
                AddFrame(frame);
            else
                ReplaceOrAdd(whole);
            _wrapped.Remember(line, isFrame: true);
        }
        else if (_parametersOpen)
        {
            CloseParameters(line);
        }
        else if (!TryReadAnnouncement(line))
        {
            ReadUnknown(line);
        }
    }

    private void AddFrame(in FrameText frame)
    {
        if (_thread.BeginsAnotherStack(frame, _afterBlank))
            EndThread();
        else if (_thread.IsFull)
            EndFullThread();
        _afterBlank = false;
        _parametersOpen = frame.Has(FrameTraits.OpenParameters);
        _thread.SetLimit(_command.Limit);
        if (_command.IsRawScan)
            _thread.Announce(isRawScan: true);
        _thread.Add(frame);
    }

    private void ReplaceOrAdd(in FrameText whole)
    {
        if (_wrapped.IsFrame)
            _thread.ReplaceLast(whole);
        else
            AddFrame(whole);
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
                AddFrame(frame);
            Target.NoteKernel();
            return true;
        }

        if (ThreadHeaders.TryRead(line) is { } header)
        {
            Begin(header);
            Target.Note(header);
            return true;
        }

        return TryReadDuplicates(line);
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
    }

    private bool TryReadDuplicates(ReadOnlySpan<byte> line)
    {
        if (!_duplicates.TryRead(line, out IReadOnlyList<ThreadStack> duplicates))
            return false;

        EndThread();
        foreach (ThreadStack stack in duplicates)
            _ready.Enqueue(stack with { Thread = stack.Thread with { Position = _position++ } });
        return true;
    }

    private void ReadUnknown(ReadOnlySpan<byte> line)
    {
        if (_thread.AwaitsFrames)
        {
            _thread.NoteDetails(line);
            return;
        }

        if (_thread.TryNoteDump(line))
            return;
        if (Interruption.IsElision(line))
            _thread.NoteElision();
        else if (_wrapped.TryJoin(line, _layout, out FrameText whole))
            ReplaceOrAdd(whole);
        else if (StackWord.IsNameless(line))
            _thread.NoteNamelessWord();
        else if (!Interruption.Is(line))
            ReadForeign(line);
        else
            _wrapped.Forget();
    }

    /// <summary>A line that is neither a frame nor known to stand among frames.</summary>
    private void ReadForeign(ReadOnlySpan<byte> line)
    {
        if (WrappedLine.IsOpen(line))
            _wrapped.Remember(line, isFrame: false);
        else if (_thread.HasFrames && !_afterBlank && !_thread.IsLoneName)
            _problems.AddWarning(_lines.Number, $"not understood inside a stack: {Excerpt(line)}");
        else if (StackWord.LooksLikeFrame(line))
            _problems.AddWarning(_lines.Number, $"looks like a frame but was not understood: {Excerpt(line)}");

        _wrapped.Remember(line, isFrame: false);
        if (_thread.HasFrames && line.EndsWith(":"u8))
            EndThread();
    }

    private void EndThread()
    {
        _parametersOpen = false;
        _wrapped.Forget();
        if (_thread.IsLoneName)
            _problems.AddWarning(_lines.Number, "a name that stands alone before this line was not taken for a stack");
        else if (_thread.IsStarted)
            Hand(_thread.Take(_position++));
        _thread.Clear();
    }

    /// <summary>Text in which nothing ever ends a stack must not fill the memory.</summary>
    private void EndFullThread()
    {
        _problems.AddWarning(_lines.Number, $"a stack of more than {ThreadBuilder.MostFrames:N0} frames was parted here");
        _thread.NoteElision();
        EndThread();
    }

    private void Hand(ThreadStack stack)
    {
        _duplicates.Note(stack);
        _ready.Enqueue(stack);
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        const int Longest = 80;
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, Longest)].Trim(" \t"u8));
        return line.Length > Longest ? text + "..." : text;
    }
}
