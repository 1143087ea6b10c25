using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Managed;

/// <summary>Where on a stack a wait of the class library keeps the object that it is for.</summary>
public static class ManagedWaitFrames
{
    /// <summary>Methods inside of a wait, and a few more.</summary>
    private const int MostInnerMethods = 16;

    /// <summary>Bytes of the caller's frame where nothing bounds it.</summary>
    private const ulong CallerFrame = 0x100;

    /// <summary>The frames of a wait to enter the lock of an object; null when the thread does not wait for one.</summary>
    /// <param name="frames">The managed frames of a thread, innermost first.</param>
    public static (ulong Start, ulong End)? OfLock(ImmutableArray<ManagedFrame> frames) => Of(frames, ManagedWaits.EntersLock);

    /// <summary>The frames of a wait for the end of a thread; null when the thread does not wait for one.</summary>
    /// <param name="frames">The managed frames of a thread, innermost first.</param>
    public static (ulong Start, ulong End)? OfJoin(ImmutableArray<ManagedFrame> frames) => Of(frames, static name => name == ManagedWaits.JoinName);

    /// <summary>The frames of a wait for what was handed to another thread; null when the thread does not wait for such.</summary>
    /// <param name="frames">The managed frames of a thread, innermost first.</param>
    public static (ulong Start, ulong End)? OfInvocation(ImmutableArray<ManagedFrame> frames) => Of(frames, ManagedWaits.IsForOtherThread);

    /// <summary>From the innermost managed frame to the end of the caller's, which keeps the object too: of a lock, to let go of it.</summary>
    private static (ulong Start, ulong End)? Of(ImmutableArray<ManagedFrame> frames, Predicate<string> isWait)
    {
        ManagedFrame[] methods = [.. frames.Where(frame => frame.Kind == ManagedFrameKind.Method).Take(MostInnerMethods)];
        int wait = Array.FindLastIndex(methods, frame => ManagedWaits.NameOf(frame.Name) is { } name && isWait(name));
        if (wait < 0 || !Array.TrueForAll(methods[..wait], frame => ManagedWaits.IsPlumbing(frame.Name) || ManagedWaits.NameOf(frame.Name) is not null))
            return null;
        ulong end = wait + 2 < methods.Length ? methods[wait + 2].StackPointer : methods[^1].StackPointer + CallerFrame;
        return (frames[0].StackPointer, end);
    }
}
