using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Fast and guarded mutexes: threads wait for an event or gate inside the structure, whose owner is recorded beside it.</summary>
/// <param name="memory">The session's memory.</param>
/// <param name="types">The types of the kernel.</param>
/// <param name="threads">The threads that may own one.</param>
internal sealed class FastMutexes(DebugDataSpaces memory, KernelTypes types, KernelThreads threads)
{
    private readonly (uint Waited, uint Owner)? _fast = Fields(types, "_FAST_MUTEX", "Event");
    private readonly (uint Waited, uint Owner)? _guarded = Fields(types, "_KGUARDED_MUTEX", "Gate") ?? Fields(types, "_KGUARDED_MUTEX", "Event");

    /// <summary>The wait for the mutex in which an object lies, as the kernel's reason for the wait says; null when its owner is no thread.</summary>
    public Wait? Around(ulong waited, string reason)
    {
        if ((reason == WaitReasons.FastMutex ? _fast : _guarded) is not { } fields)
            return null;
        ulong mutex = waited - fields.Waited;
        return memory.ReadNumber(mutex + fields.Owner, sizeof(ulong)) is { } owner && threads.At(owner) is { } thread
            ? new Wait
            {
                Kind = WaitKind.FastMutex,
                Object = new WaitedObject(mutex),
                Owners = [thread],
                Proof = WaitProof.Certain,
                Evidence = ["the thread's wait block in the kernel", "the owner that the mutex records"],
            }
            : null;
    }

    private static (uint, uint)? Fields(KernelTypes types, string structure, string waited) =>
        types.OffsetOf(structure, waited) is { } inside && types.OffsetOf(structure, "Owner") is { } owner ? (inside, owner) : null;
}
