using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Managed;

/// <summary>Where on a stack a wait for a lock keeps the lock's object.</summary>
public static class ManagedLockFrames
{
    /// <summary>
    /// The stretch from the innermost managed frame to the end of the frame of the method that enters the lock; null when the thread
    /// does not wait to enter one.
    /// </summary>
    /// <param name="frames">The managed frames of a thread, innermost first.</param>
    public static (ulong Start, ulong End)? Of(ImmutableArray<ManagedFrame> frames)
    {
        ManagedFrame[] methods = [.. frames.Where(frame => frame.Kind == ManagedFrameKind.Method).Take(MostInnerMethods)];
        int enter = Array.FindLastIndex(methods, frame => ManagedWaits.NameOf(frame.Name) == ManagedWaits.LockName);
        if (enter < 0 || !Array.TrueForAll(methods[..enter], frame => ManagedWaits.IsPlumbing(frame.Name)))
            return null;
        // The caller keeps the object too, to let go of it.
        ulong end = enter + 2 < methods.Length ? methods[enter + 2].StackPointer : methods[^1].StackPointer + CallerFrame;
        return (frames[0].StackPointer, end);
    }

    /// <summary>Methods inside of a wait for a lock, and a few more.</summary>
    private const int MostInnerMethods = 16;

    /// <summary>Bytes of the caller's frame where nothing bounds it.</summary>
    private const ulong CallerFrame = 0x100;
}
