using System.Buffers;
using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Frames;

/// <summary>What the names of walked frames say of a thread. Allocates nothing for a thread in no callback.</summary>
internal readonly struct FrameEvidence
{
    /// <summary>The callbacks, innermost first.</summary>
    public ImmutableArray<WalkedCallback> Callbacks { get => field.IsDefault ? [] : field; init; }

    /// <summary>How much the frames show.</summary>
    public WalkCoverage Sight { get; init; }

    /// <summary>True when every frame lies in a module, so the walk met no code of which a debugger knows nothing.</summary>
    public bool IsUnbroken { get; init; }

    /// <summary>True when the innermost user frame is the stub with which a callback returns.</summary>
    public bool IsAtReturn { get; init; }

    /// <summary>Index of the frame that says what the thread does now; -1 when none does.</summary>
    public int BlockedIn { get; init; }

    /// <summary>Whether that frame is the stub of a system call.</summary>
    public bool IsInSystemCall { get; init; }

    /// <summary>Whether the frames show that the thread treats messages of its queue.</summary>
    public bool HasMessageLoop { get; init; }

    /// <summary>For a thread in no callback, the frame of the function that its message loop called, else of the one that it began with; -1 when none shows it.</summary>
    public int Program { get => field - 1; init => field = value + 1; }

    /// <summary>How often a frame was looked at while callbacks were searched, a measure of the work.</summary>
    public int Steps { get; init; }

    /// <summary>Reads frames, innermost first.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="known">Readings of the frames of other threads; null where there are none.</param>
    /// <param name="isRawScan">Whether they are raw words of a stack, among which neighbours need not be callers.</param>
    public static FrameEvidence Of(ImmutableArray<StackFrame> frames, FrameReadingCache? known = null, bool isRawScan = false)
    {
        FrameReading[] readings = ArrayPool<FrameReading>.Shared.Rent(frames.Length);
        try
        {
            for (int i = 0; i < frames.Length; i++)
                readings[i] = known?.Of(frames.ItemRef(i)) ?? FrameReading.Of(frames.ItemRef(i));
            return new FrameScan(readings.AsSpan(0, frames.Length), isRawScan).Evidence();
        }
        finally
        {
            ArrayPool<FrameReading>.Shared.Return(readings);
        }
    }
}
