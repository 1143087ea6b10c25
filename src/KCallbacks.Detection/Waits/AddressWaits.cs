using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Waits by address and by keyed event: critical sections, slim locks, condition variables, WaitOnAddress.</summary>
internal sealed class AddressWaits(IProcessView process, CriticalSectionFinder sections, ThreadDirectory threads)
{
    private const int AddressArgument = 0;
    private const int KeyArgument = 1;

    /// <summary>What a thread in <c>NtWaitForAlertByThreadId</c> waits for.</summary>
    public Wait OfAlert(BlockedThread thread, LockFrames frames)
    {
        CallArguments arguments = thread.Arguments;
        if (arguments[AddressArgument] is { } address and >= AddressSpace.LowestMapped)
            return At(thread, frames, address, arguments.SourceOf(AddressArgument));
        return BlockOnStack(thread) is { } waitedOn
            ? At(thread, frames, waitedOn, "the wait block on the thread's stack")
            : sections.LoaderLock(thread) ?? sections.InFrames(thread, frames, handle: null) ?? Unread(frames);
    }

    /// <summary>What a thread in <c>NtWaitForKeyedEvent</c> waits for; the key is the lock's address.</summary>
    public Wait OfKeyedEvent(BlockedThread thread, LockFrames frames)
    {
        CallArguments arguments = thread.Arguments;
        if (arguments[KeyArgument] is not ({ } key and >= AddressSpace.LowestMapped))
            return sections.LoaderLock(thread) ?? sections.InFrames(thread, frames, handle: null) ?? Unread(frames);

        string evidence = arguments.SourceOf(KeyArgument);
        return sections.AtAddress(thread, key, evidence) ?? WithoutOwner(thread, frames, KindOf(frames, WaitKind.KeyedEvent), key & ~SlimLockWord.Flags, evidence);
    }

    private Wait At(BlockedThread thread, LockFrames frames, ulong address, string evidence) =>
        sections.LoaderLock(thread)
        ?? (frames.Function is LockFunction.SlimLock or LockFunction.ConditionVariable ? null : sections.AtAddress(thread, address, evidence))
        ?? WithoutOwner(thread, frames, KindOf(frames, WaitKind.Address), address, evidence);

    /// <summary>The address in the thread's own wait block; null when there is none, or more than one.</summary>
    public static ulong? BlockOnStack(BlockedThread thread)
    {
        if (thread.Architecture != Architecture.X64 || thread.SystemId is not { } id)
            return null;
        ulong? found = null;
        ulong start = thread.Stack.StackPointer;
        for (ulong block = start; block < start + AddressWaitBlock.Reach; block += sizeof(ulong))
        {
            if (thread.Long(block + AddressWaitBlock.ThreadId) != id || thread.Number(block + AddressWaitBlock.State) != AddressWaitBlock.Blocked)
                continue;
            if (thread.Long(block + AddressWaitBlock.Address) is not { } address || address < AddressSpace.LowestMapped)
                continue;
            if (found is not null && found != address)
                return null;
            found = address;
        }

        return found;
    }

    private Wait WithoutOwner(BlockedThread thread, LockFrames frames, WaitKind kind, ulong address, string evidence) => new()
    {
        Kind = kind,
        Object = new WaitedObject(address, Symbol: LockSymbol.Of(process, address)),
        NoOwner = ReasonOf(frames, kind),
        State = kind == WaitKind.SlimLock ? SlimLock.StateOf(thread, address, threads) : null,
        Access = kind == WaitKind.SlimLock ? frames.Access : null,
        Evidence = [evidence],
    };

    private static Wait Unread(LockFrames frames)
    {
        WaitKind kind = KindOf(frames, WaitKind.Address);
        return new Wait
        {
            Kind = kind,
            Access = kind == WaitKind.SlimLock ? frames.Access : null,
            NoOwner = kind == WaitKind.CriticalSection ? "its address is not known" : ReasonOf(frames, kind),
        };
    }

    private static WaitKind KindOf(LockFrames frames, WaitKind other) => frames.Function switch
    {
        LockFunction.CriticalSection => WaitKind.CriticalSection,
        LockFunction.SlimLock => WaitKind.SlimLock,
        LockFunction.ConditionVariable => WaitKind.ConditionVariable,
        LockFunction.Address => WaitKind.Address,
        _ => other,
    };

    private static string ReasonOf(LockFrames frames, WaitKind kind) => kind switch
    {
        WaitKind.CriticalSection => "no contended critical section can be read there",
        WaitKind.SlimLock => "the lock does not record by whom it is held",
        WaitKind.ConditionVariable => "whoever signals it is not recorded",
        WaitKind.KeyedEvent => "whoever releases it is not recorded",
        _ when frames.Function == LockFunction.None => "a lock that records no owner, or a value that another thread must change",
        _ => "whoever changes the value is not recorded",
    };
}
