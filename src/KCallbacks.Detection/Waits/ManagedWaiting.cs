using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// What a thread waits for by its managed frames. The runtime carries out its locks and joins by events of its own, which have no owner;
/// its waits say more than these.
/// </summary>
internal static class ManagedWaiting
{
    /// <summary>What a thread waits for, by the runtime where that tells.</summary>
    /// <param name="native">What its system call tells.</param>
    /// <param name="managed">What the runtime tells; null for a thread of which it was not asked.</param>
    /// <param name="threads">All threads.</param>
    /// <param name="ownerOf">Whose a window is.</param>
    public static ThreadWaits Complete(ThreadWaits native, ManagedFinding? managed, ThreadDirectory threads, Func<ulong, WindowOwner?> ownerOf) => Of(managed, threads, ownerOf) is { } wait
        ? native with { Waits = [wait], Mode = WaitMode.All, Timeout = ManagedWaits.IsRepeated(managed!.WaitingIn!) ? Timeout.InfiniteTimeSpan : native.Timeout }
        : native;

    /// <summary>What a thread waits for by managed frames that somebody printed, which tell no owner.</summary>
    /// <param name="native">What its system call tells.</param>
    /// <param name="managed">The frames.</param>
    public static ThreadWaits OfPrinted(ThreadWaits native, ManagedStack managed)
    {
        string? name = ManagedEvidence.WaitOf(managed.Frames);
        if (native.Waits.IsEmpty && name == ManagedWaits.SleepName)
            return native with { Waits = [new Wait { Kind = WaitKind.Sleep, NoOwner = "time ends it" }], Mode = WaitMode.All };
        return Complete(native, new ManagedFinding(managed.Frames, name, null), new ThreadDirectory([]), static _ => null);
    }

    private static Wait? Of(ManagedFinding? managed, ThreadDirectory threads, Func<ulong, WindowOwner?> ownerOf)
    {
        if (managed?.WaitingIn is not { } name)
            return null;
        if (ManagedWaits.EntersLock(name))
            return OfLock(managed.Lock, threads);
        return name switch
        {
            ManagedWaits.PulseName => new Wait { Kind = WaitKind.ConditionVariable, NoOwner = "it waits for the pulse of an object of .NET" },
            ManagedWaits.JoinName => OfJoin(managed.Joins, threads),
            _ when ManagedWaits.IsForTask(name) => new Wait { Kind = WaitKind.Task, Object = new WaitedObject(Name: name), NoOwner = "nothing shows who completes it" },
            _ when ManagedWaits.IsForOtherThread(name) => OfInvocation(name, managed.Invocation, threads, ownerOf),
            _ => null,
        };
    }

    private static Wait OfLock(ManagedLock? waited, ThreadDirectory threads)
    {
        var wait = new Wait { Kind = WaitKind.Monitor, Object = new WaitedObject(waited?.Address, Name: waited?.Type) };
        return waited?.Owner is { } owner
            ? wait with
            {
                Owners = [threads.OwnerOf(owner)],
                Proof = WaitProof.Likely,
                Evidence = ["its object lies on the stack of the methods that wait", "the runtime's table of locks names the thread that holds it"],
            }
            : wait with { NoOwner = "nothing shows which thread holds it" };
    }

    private static Wait OfInvocation(string name, ManagedInvocation? invocation, ThreadDirectory threads, Func<ulong, WindowOwner?> ownerOf)
    {
        var wait = new Wait { Kind = WaitKind.Invocation, Object = new WaitedObject(Name: name) };
        if (invocation?.Thread is { } thread)
            return wait with { Owners = [threads.OwnerOf(thread)], Proof = WaitProof.Likely, Evidence = ["what it handed over names its dispatcher's thread"] };
        // Of the numbers among which the handle is, one alone may be a window's.
        WindowOwner[] owners = [.. (invocation?.Windows ?? []).Select(ownerOf).OfType<WindowOwner>().DistinctBy(owner => owner.ThreadId)];
        return owners is [var owner]
            ? wait with
            {
                Owners = [threads.OwnerOf(owner.ThreadId, owner.ProcessId)],
                Proof = WaitProof.Likely,
                Evidence = ["what it handed over lies on the stack of the methods that wait, with the control whose window takes it", owner.Evidence],
            }
            : wait with { NoOwner = "nothing shows which thread runs it" };
    }

    private static Wait OfJoin(uint? joined, ThreadDirectory threads) => joined is { } thread
        ? new Wait
        {
            Kind = WaitKind.Thread,
            Owners = [threads.OwnerOf(thread)],
            Proof = WaitProof.Likely,
            Evidence = ["its Thread object lies on the stack of the methods that wait"],
        }
        : new Wait { Kind = WaitKind.Thread, NoOwner = "nothing shows which thread it is" };
}
