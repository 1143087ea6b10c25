using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// The threads of one process of a kernel session. What the kernel's structures say was read when they were listed and is all that
/// is needed of a thread in no callback; of the others the user stack is read, and both stacks are walked.
/// </summary>
public sealed class KernelTarget : IThreadTarget
{
    private readonly KernelSession _session;
    private readonly KernelProcess _process;
    private readonly ProcessBlock _block;
    private readonly UserHalfWalker _userHalves;
    private readonly ImmutableDictionary<int, ThreadBlock> _threads;
    private bool _isReloaded;

    internal KernelTarget(
        KernelSession session, KernelProcess process, UserHalfWalker userHalves, ProcessBlock block, IReadOnlyList<ThreadBlock> threads, int firstPosition)
    {
        _session = session;
        _process = process;
        _userHalves = userHalves;
        _block = block;
        _threads = threads.Select((thread, i) => (thread, i)).ToImmutableDictionary(pair => firstPosition + pair.i, pair => pair.thread);
        Threads = [.. threads.Select((thread, i) => IdentityOf(thread, firstPosition + i))];

        // Of a process without callbacks nothing need be read: a machine has hundreds.
        bool isAsked = threads.Any(thread => thread.State is not ({ CallbackDepth: 0 } or { HasCallbackStack: false } or { IsSystemThread: true }));
        Process = isAsked ? process : new UnknownProcess(process.Architecture);
    }

    /// <inheritdoc/>
    public IProcessView Process { get; }

    internal ProcessBlock Block => _block;

    /// <inheritdoc/>
    public ImmutableArray<ThreadIdentity> Threads { get; }

    /// <inheritdoc/>
    public ThreadStack Know(ThreadIdentity thread) => new() { Thread = thread, Kernel = _threads[thread.Position].State };

    /// <summary>What was read of a thread when it was listed.</summary>
    internal ThreadBlock BlockOf(ThreadIdentity thread) => _threads[thread.Position];

    /// <summary>A thread with the registers by which it entered the kernel, and without its stack; without them where they are not known.</summary>
    internal ThreadStack Standing(ThreadIdentity thread)
    {
        ThreadBlock block = _threads[thread.Position];
        ThreadStack known = WithEnvironment(thread);
        if (block.TrapFrame is null or 0 || !TryEnter() || _session.ReadUserRegisters(block.TrapFrame.Value) is not { } registers)
            return known;
        return known with { InstructionPointer = registers.InstructionPointer, StackPointer = registers.StackPointer };
    }

    /// <summary>What its threads wait for by the calls with which they entered the kernel.</summary>
    internal EntryWaits EntryWaits(ImmutableDictionary<int, ThreadFinding> findings)
    {
        TryEnter();
        return new EntryWaits(_process, [.. Threads.Select(WithEnvironment)], findings);
    }

    private ThreadStack WithEnvironment(ThreadIdentity thread) => Know(thread) with { EnvironmentBlock = _threads[thread.Position].Teb is { } teb and not 0 ? teb : null };

    /// <inheritdoc/>
    /// <remarks>By the trap frame; where that is not known, only a walk finds the user stack.</remarks>
    public ThreadStack Read(ThreadStack known, StackMemory? memory)
    {
        ThreadBlock thread = _threads[known.Thread.Position];
        if (thread.State.IsSystemThread || thread.TrapFrame is null or 0 || !TryEnter())
            return known;
        return _session.ReadUserRegisters(thread.TrapFrame.Value) is { } registers ? WithUserStack(known, thread, registers) : known;
    }

    /// <inheritdoc/>
    public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger)
    {
        ThreadBlock thread = _threads[stack.Thread.Position];
        if (!TryEnter())
            return stack with { Walk = WalkExtent.Failed, Problem = "the engine cannot show the memory of its process, or the process's page directory is damaged" };
        if (!_session.Context.EnterThread(thread.Address))
            return stack with { Walk = WalkExtent.Failed, Problem = "the engine cannot select the thread" };

        ThreadStack walked = _session.Walker.Walk(_process).On(stack);
        if (thread.State.IsSystemThread)
            return walked;
        return stack.StackPointer == 0 ? WithUserStackOfWalk(walked, thread) : _userHalves.Complete(walked, memory, byDebugger);
    }

    private ThreadStack WithUserStackOfWalk(ThreadStack walked, ThreadBlock thread)
    {
        foreach (StackFrame frame in walked.Frames)
        {
            if (frame.Side == FrameSide.User && frame.StackPointer is not 0 and < AddressSpace.KernelStart)
                return WithUserStack(walked, thread, new EntryRegisters(frame.InstructionPointer, frame.StackPointer, Preserved: null));
        }

        return walked with { Problem = _session.NoUserHalf };
    }

    private ThreadStack WithUserStack(ThreadStack stack, ThreadBlock thread, EntryRegisters registers)
    {
        StackMemory? memory = _session.Memory.Read(registers.StackPointer, thread.Teb is 0 ? null : thread.Teb);
        return stack with
        {
            InstructionPointer = registers.InstructionPointer,
            StackPointer = registers.StackPointer,
            Registers = registers.Preserved,
            Memory = memory,
            Problem = memory is null ? "its user stack is paged out or not in the dump" : null,
        };
    }

    /// <summary>Shows the process's memory, and loads its modules into the debugger if that is wanted, before the first name is asked for.</summary>
    private bool TryEnter()
    {
        if (!_session.Context.Enter(_block.Identity.Address))
            return false;
        if (_session.LoadsUserModules && !_isReloaded)
        {
            _isReloaded = true;
            _session.ReloadUserModules(_block);
        }

        return true;
    }

    private ThreadIdentity IdentityOf(ThreadBlock thread, int position) => new(
        position,
        _block.Identity.Id is { } process && thread.Id is { } id
            ? string.Create(CultureInfo.InvariantCulture, $"{process:x}.{id:x}")
            : string.Create(CultureInfo.InvariantCulture, $"{thread.Address:x16}"),
        SystemId: thread.Id,
        Process: _block.Identity,
        Address: thread.Address);
}
