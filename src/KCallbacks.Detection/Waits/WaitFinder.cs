using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Finds what each thread of a process waits for. Nothing is named that the thread and the process do not show.</summary>
internal sealed class WaitFinder
{
    /// <summary>Threads of which it is told whether they can have windows; programs start those early.</summary>
    private const int FirstThreads = 256;

    /// <summary>Asking whether to stop takes longer than most threads.</summary>
    private const int ThreadsBetweenQuestions = 64;

    private const string NobodyServes = "the thread that serves the call is not recorded";

    private readonly IProcessView _process;
    private readonly SystemCallReader _calls;
    private readonly ThreadDirectory _threads;
    private readonly KernelObjectWaits _objects;
    private readonly AddressWaits _addresses;
    private readonly CriticalSectionFinder _sections;
    private readonly MessageWaits _messages;
    private readonly LoaderWaits _loader;

    /// <summary>Prepares the search.</summary>
    /// <param name="process">The process.</param>
    /// <param name="handles">Its handles; <see cref="NoHandles"/> where the target has none.</param>
    /// <param name="windows">Whose windows are; <see cref="NoWindows"/> where the target does not tell.</param>
    /// <param name="threads">All its threads.</param>
    public WaitFinder(IProcessView process, IHandleView handles, IWindowView windows, ImmutableArray<WaitInput> threads)
    {
        _process = process;
        _calls = new SystemCallReader(process);
        _threads = new ThreadDirectory(threads);
        _objects = new KernelObjectWaits(process, handles, _threads);
        _sections = new CriticalSectionFinder(process, _threads);
        _addresses = new AddressWaits(process, _sections, _threads);
        _messages = new MessageWaits(process, windows, _threads);
        _loader = new LoaderWaits(process, _threads);
    }

    /// <summary>What each thread waits for, in the order of the threads.</summary>
    /// <param name="isCancelled">Whether the user wants to stop; null where nobody can.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public ImmutableArray<ThreadWaits> Find(Func<bool>? isCancelled = null)
    {
        var waits = ImmutableArray.CreateBuilder<ThreadWaits>(_threads.Threads.Length);
        foreach (WaitInput thread in _threads.Threads)
        {
            if (waits.Count % ThreadsBetweenQuestions == 0 && isCancelled?.Invoke() == true)
                throw new OperationCanceledException();
            waits.Add(ManagedWaiting.Complete(Of(thread), thread.Finding?.Managed, _threads, _messages.OwnerOf));
        }

        ImmutableArray<ThreadWaits> called = new ComWaits(_process, _threads).Complete(waits.MoveToImmutable());
        return ReenteredWaits.Complete(new MessageJoin(_threads).Complete(called), _threads.Threads);
    }

    /// <summary>What one thread waits for, as far as it shows that itself.</summary>
    public ThreadWaits Of(WaitInput input)
    {
        var nothing = new ThreadWaits { Thread = input.Stack.Thread, HasMessageQueue = IsLookedAt(input) ? MessageQueue.IsOf(_process, input) : null };
        ThreadStack stack = input.Stack.Wow64Half is { InstructionPointer: not 0 } half ? half : input.Stack;
        Architecture architecture = ReferenceEquals(stack, input.Stack) ? _process.Architecture : Architecture.X86;
        if (input.WaitsByAddress)
            return Of(new BlockedThread(input, stack, architecture, new SystemCall(BlockingServices.AlertStub, null), _process), nothing);
        if ((_calls.In(stack, architecture) ?? NamedByFrame(stack)) is not { } call)
            return nothing with { Place = PlaceName.At(_process, stack.InstructionPointer) };
        return Of(new BlockedThread(input, stack, architecture, call, _process), nothing with { Place = call.Shown });
    }

    /// <summary>In a process of thousands of threads reading a word of each block would cost as much as the rest of the search.</summary>
    private static bool IsLookedAt(WaitInput thread) =>
        thread.Stack.Thread.Position < FirstThreads || thread.Finding is { Verdict: not Verdict.None };

    /// <summary>A printed stack has no code, but its innermost frame may be a stub by name.</summary>
    private static SystemCall? NamedByFrame(ThreadStack stack)
    {
        if (stack.InstructionPointer != 0)
            return null;
        foreach (StackFrame frame in stack.Frames)
        {
            FunctionName name = FunctionName.Of(frame.Function);
            if (name.IsSystemService && ModuleName.Recognise(frame.Module) != SystemModule.Kernel)
                return new SystemCall($"{ModuleName.Plain(frame.Module)}!Nt{name.Word[2..]}", null);
            bool isShared = ModuleName.Recognise(frame.Module) == SystemModule.Kernel || FastSystemCall.IsInNtdll(name);
            if (!isShared)
                return null;
        }

        return null;
    }

    private ThreadWaits Of(BlockedThread thread, ThreadWaits nothing)
    {
        LockFrames frames = LockFrames.Of(thread.Stack);
        CallArguments arguments = thread.Arguments;
        return KindOf(thread) switch
        {
            BlockingService.Object => ForLock(nothing with { Waits = [OfObject(thread, frames, arguments, index: 0)], Timeout = Time(thread, arguments[2]) }),
            BlockingService.SignalAndObject => nothing with { Waits = [OfObject(thread, frames, arguments, index: 1)], Timeout = Time(thread, arguments[3]) },
            BlockingService.Objects => OfObjects(thread, arguments, nothing),
            BlockingService.ObjectsOrMessages => OfObjectsOrMessages(thread, arguments, nothing),
            BlockingService.Alert => ForLock(nothing with { Waits = [_addresses.OfAlert(thread, frames)], Timeout = Time(thread, arguments[1]) }),
            BlockingService.KeyedEvent => ForLock(nothing with { Waits = [_addresses.OfKeyedEvent(thread, frames)], Timeout = Time(thread, arguments[3]) }),
            BlockingService.Message => OfMessage(thread, nothing),
            BlockingService.Input => nothing with { Waits = [Input], Pumps = true },
            BlockingService.Sleep => nothing with { Waits = [Ownerless(WaitKind.Sleep, "time ends it")], Timeout = Time(thread, arguments[1]) },
            BlockingService.Call => nothing with { Waits = [OfPort(arguments)] },
            BlockingService.PortOfOldKind => nothing with { Waits = [Ownerless(WaitKind.Call, NobodyServes)] },
            BlockingService.InputOutput => nothing with { Waits = [Ownerless(WaitKind.InputOutput, "the file, device or port ends it")] },
            BlockingService.Work => nothing with { Waits = [Ownerless(WaitKind.Work, "it is idle")] },
            _ => nothing,
        };
    }

    /// <summary>A lock is waited for again when the time of a single call is over.</summary>
    private static ThreadWaits ForLock(ThreadWaits thread) => thread is { Waits: [{ Kind: WaitKind.CriticalSection or WaitKind.LoaderLock or WaitKind.SlimLock }] }
        ? thread with { Timeout = Timeout.InfiniteTimeSpan }
        : thread;

    private ThreadWaits OfObjects(BlockedThread thread, CallArguments arguments, ThreadWaits nothing) => nothing with
    {
        Waits = _objects.OfArray(thread, arguments[0] & uint.MaxValue, arguments[1]) is { IsEmpty: false } waits
            ? waits
            : [Ownerless(WaitKind.KernelObject, "the handles are not known")],
        Mode = ModeOf(arguments[2]),
        Timeout = Time(thread, arguments[4]),
    };

    private ThreadWaits OfObjectsOrMessages(BlockedThread thread, CallArguments arguments, ThreadWaits nothing) => nothing with
    {
        Waits = [.. _objects.OfArray(thread, arguments[0] & uint.MaxValue, arguments[1]), Input],
        Mode = WaitMode.Any,
        Timeout = Milliseconds(arguments[2]),
        Pumps = true,
    };

    private ThreadWaits OfMessage(BlockedThread thread, ThreadWaits nothing) =>
        _messages.Of(thread) is { } message ? nothing with { Waits = [message], Timeout = MessageWaits.TimeoutOf(thread) } : nothing;

    /// <summary>The number of the call that waits by address changes with updates, but the block on the stack tells it.</summary>
    private static BlockingService KindOf(BlockedThread thread)
    {
        if (thread.Call.Name is not null)
            return thread.Call.Blocking;
        return thread.Arguments[0] is { } address && AddressWaits.BlockOnStack(thread) == address ? BlockingService.Alert : BlockingService.None;
    }

    private static Wait Input => Ownerless(WaitKind.Input, "the next message ends it");

    private static Wait Ownerless(WaitKind kind, string why) => new() { Kind = kind, NoOwner = why };

    /// <summary>Critical sections are waited for by an event of their own where the wait does not go by address.</summary>
    private Wait OfObject(BlockedThread thread, LockFrames frames, CallArguments arguments, int index)
    {
        if (frames.Function == LockFunction.CriticalSection)
            return OfSection(thread, frames, arguments[index]);
        if (frames.Function == LockFunction.LoaderWork)
            return _loader.Of(thread);
        if (arguments[index] is null && PreservedHandle.Of(thread) is { } kept)
            return AtMostLikely(_objects.Of(thread, kept.Handle, kept.Evidence));
        return _objects.Of(thread, arguments[index], arguments.SourceOf(index));
    }

    /// <summary>A server waits at its port for requests; a client sends one and waits for the answer.</summary>
    private Wait OfPort(CallArguments arguments)
    {
        Wait port = Ownerless(WaitKind.Call, NobodyServes);
        if (arguments[PortCall.HandleArgument] is { } handle)
            port = port with { Object = new WaitedObject(Handle: handle, Name: _objects.NameOf(handle)), Evidence = [arguments.SourceOf(PortCall.HandleArgument)] };
        bool isServer = arguments[PortCall.FlagsArgument] is { } flags && (flags & PortCall.SynchronousRequest) == 0;
        return isServer ? port with { Kind = WaitKind.Work, NoOwner = "it waits for requests" } : port;
    }

    private Wait OfSection(BlockedThread thread, LockFrames frames, ulong? handle) =>
        _sections.LoaderLock(thread)
        ?? _sections.InFrames(thread, frames, handle)
        ?? Ownerless(WaitKind.CriticalSection, "its address is not known");

    private static Wait AtMostLikely(Wait wait) => wait.Proof == WaitProof.Certain ? wait with { Proof = WaitProof.Likely } : wait;

    /// <summary>WAIT_TYPE of the kernel: 0 is all, 1 is any.</summary>
    private static WaitMode ModeOf(ulong? type) => type switch
    {
        0 => WaitMode.All,
        1 => WaitMode.Any,
        _ => WaitMode.NotKnown,
    };

    /// <summary>A time of the kernel: no pointer is for ever; a negative number are units of 100 nanoseconds from the start of the wait.</summary>
    private static TimeSpan? Time(BlockedThread thread, ulong? pointer)
    {
        if (pointer is 0)
            return Timeout.InfiniteTimeSpan;
        if (pointer is not { } address || thread.Long(address) is not { } value)
            return null;
        long units = (long)value;
        return units == long.MinValue ? Timeout.InfiniteTimeSpan : units <= 0 ? TimeSpan.FromTicks(-units) : null;
    }

    private static TimeSpan? Milliseconds(ulong? value) => (uint?)value switch
    {
        null => null,
        uint.MaxValue => Timeout.InfiniteTimeSpan,
        { } milliseconds => TimeSpan.FromMilliseconds(milliseconds),
    };
}
