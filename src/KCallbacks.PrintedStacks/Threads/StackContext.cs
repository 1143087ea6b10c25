using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>What the lines around the frames of a stack say of it.</summary>
internal sealed class StackContext
{
    private bool _leavesOutNext;
    private int _marksOfCalls;
    private int _frames;

    /// <summary>The numbers of the frames.</summary>
    public FrameNumbers Numbers { get; } = new();

    /// <summary>Whether a line says that a stack begins: a thread's header, a head line, a command.</summary>
    public bool IsAnnounced { get; private set; }

    /// <summary>Whether command, head line or rows show a scan of the stack's words.</summary>
    public bool IsRawScan { get; set; }

    /// <summary>Stack words without a name between the frames.</summary>
    public int NamelessWords { get; set; }

    /// <summary>Whether the text says that frames before the first were left out.</summary>
    public bool LeavesOutBefore { get; private set; }

    /// <summary>Whether the text says that frames between two others were left out.</summary>
    public bool LeavesOutBetween { get; private set; }

    /// <summary>Whether the text says that the stack goes on after the last frame, or is an excerpt by its kind.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether most frames are marked as called by the one above them.</summary>
    public bool CallsFollow => _marksOfCalls * 2 > _frames;

    /// <summary>Whether a frame of the stack surely runs in user mode, so that none further out runs in the kernel but for a callback.</summary>
    public bool ReachesUserMode { get; private set; }

    /// <summary>Whether nothing but the start of a thread was read, which also begins a stack that is listed from the outside in.</summary>
    public bool HasOnlyStart { get; private set; } = true;

    /// <summary>A line says that a stack begins.</summary>
    public void Announce()
    {
        IsAnnounced = true;
        LeavesOutBefore = false;
    }

    /// <summary>A line says that frames were left out here.</summary>
    public void NoteElision()
    {
        if (_frames == 0)
            LeavesOutBefore = true;
        else
            _leavesOutNext = true;
        IsCut = true;
    }

    /// <summary>A row that may be a frame could not be read.</summary>
    public void NoteUnreadRow() => _leavesOutNext |= _frames > 0;

    /// <summary>A frame follows.</summary>
    public void NoteFrame(in StackFrame frame, int? number, bool isCalledByFrameAbove)
    {
        FrameReading reading = FrameReading.Of(frame);
        ReachesUserMode = !reading.IsKernel && (ReachesUserMode || reading.IsSurelyUser);
        HasOnlyStart &= ThreadStarts.Has(frame.Function);
        if (number is { } printed)
            Numbers.Note(printed, _frames);
        LeavesOutBetween |= _leavesOutNext;
        _leavesOutNext = false;
        _marksOfCalls += isCalledByFrameAbove ? 1 : 0;
        _frames++;
    }
}
