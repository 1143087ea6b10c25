using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// What threads wait for, by the kernel's own structures: wait blocks lead to objects, and mutants, fast mutexes, resources and messages to
/// servers record who must let go, in whatever process. Waits by address and for windows are told by the first argument of the system call.
/// </summary>
internal sealed class KernelWaits
{
    private const string WithTimeout = "the wait has a time-out";

    private readonly DebugDataSpaces _memory;
    private readonly WaitBlocks? _blocks;
    private readonly DispatcherObjects _objects;
    private readonly FastMutexes _mutexes;
    private readonly Resources _resources;
    private readonly PortMessages _messages;
    private readonly Func<bool> _isCancelled;

    /// <param name="memory">The session's memory.</param>
    /// <param name="types">The types of the kernel.</param>
    /// <param name="threads">The threads that were scanned.</param>
    /// <param name="isCancelled">Whether the user wants to stop.</param>
    public KernelWaits(DebugDataSpaces memory, KernelTypes types, IEnumerable<ThreadIdentity> threads, Func<bool> isCancelled)
    {
        _memory = memory;
        _isCancelled = isCancelled;
        _blocks = WaitBlocks.Of(types);
        var owners = new KernelThreads(memory, types, threads);
        _objects = new DispatcherObjects(memory, types, owners);
        _mutexes = new FastMutexes(memory, types, owners);
        _resources = new Resources(memory, types, owners);
        _messages = new PortMessages(memory, types, owners);
    }

    /// <summary>What the threads of a process wait for, in their order.</summary>
    /// <param name="target">The process.</param>
    /// <param name="findings">What was found of its threads, by position.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public IEnumerable<ThreadWaits> Of(KernelTarget target, ImmutableDictionary<int, ThreadFinding> findings)
    {
        var entries = new Lazy<EntryWaits>(() => target.EntryWaits(findings));
        foreach (ThreadIdentity thread in target.Threads)
        {
            yield return Of(target, thread, entries);
            if (_isCancelled())
                throw new OperationCanceledException();
        }
    }

    private ThreadWaits Of(KernelTarget target, ThreadIdentity thread, Lazy<EntryWaits> entries)
    {
        var nothing = new ThreadWaits { Thread = thread };
        ThreadBlock block = target.BlockOf(thread);
        string? reason = block.State.WaitReason;
        return reason switch
        {
            WaitReasons.Reply => nothing with { Waits = [_messages.Of(block.Address)] },
            WaitReasons.Address => ByAddress(target, thread, entries.Value) ?? nothing,
            WaitReasons.WindowManager => ForAnswer(target, thread, entries) ?? nothing,
            WaitReasons.Resource => OfObjects(nothing, block, waited => _resources.Around(waited, _isCancelled)),
            WaitReasons.FastMutex or WaitReasons.GuardedMutex => OfObjects(nothing, block, waited => _mutexes.Around(waited, reason) ?? _objects.At(waited)),
            WaitReasons.UserRequest or WaitReasons.Executive or WaitReasons.Mutex => OfObjects(nothing, block, _objects.At),
            _ => nothing,
        };
    }

    /// <summary>A mutex that the thread owns it need not wait for.</summary>
    private ThreadWaits OfObjects(ThreadWaits nothing, ThreadBlock thread, Func<ulong, Wait?> at)
    {
        if (_blocks is null)
            return nothing;
        (ImmutableArray<ulong> objects, WaitMode mode) = _blocks.Read(_memory, thread);
        Wait?[] waits = [.. objects.Where(waited => !IsOwnTimer(waited, thread.Address)).Select(at)];
        if (waits.Length == 0 || waits.Contains(null))
            return nothing;
        string? limit = waits.Length < objects.Length ? WithTimeout : null;
        return nothing with
        {
            Waits = [.. waits.Select(wait => WithoutItself(wait! with { State = wait.State ?? limit }, nothing.Thread))],
            Mode = waits.Length == 1 ? WaitMode.All : mode,
        };
    }

    /// <summary>The timer of a wait with a time-out lies in the thread's own structure.</summary>
    private static bool IsOwnTimer(ulong waited, ulong thread)
    {
        const ulong largestThread = 0x1000;
        return waited - thread < largestThread && waited != thread;
    }

    private static Wait WithoutItself(Wait wait, ThreadIdentity thread) =>
        wait.Kind == WaitKind.Mutex && wait.Owners.Any(owner => owner.Position == thread.Position)
            ? wait with { Owners = [], Proof = WaitProof.Unknown, NoOwner = "recorded as the waiting thread's own, which would not have to wait for it" }
            : wait;

    private static ThreadWaits? ByAddress(KernelTarget target, ThreadIdentity thread, EntryWaits entries) =>
        target.BlockOf(thread).FirstArgument is { } address and >= AddressSpace.LowestMapped and < AddressSpace.KernelStart ? entries.ByAddress(target.Know(thread), address) : null;

    /// <summary>A window's handle has 32 bits; a thread that waits for messages passes the address of a structure on its stack.</summary>
    private static ThreadWaits? ForAnswer(KernelTarget target, ThreadIdentity thread, Lazy<EntryWaits> entries)
    {
        if (target.BlockOf(thread).FirstArgument is not { } window || window is 0 or > uint.MaxValue)
            return null;
        return target.Standing(thread) is { InstructionPointer: not 0 } stack ? entries.Value.Message(stack, window) : null;
    }
}
