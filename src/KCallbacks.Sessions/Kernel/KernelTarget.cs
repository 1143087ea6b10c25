using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// The threads of one process of a kernel session. What the kernel's structures say was read when they were listed and is all that
/// is needed of a thread in no callback; the others are walked, and their user stacks read.
/// </summary>
public sealed class KernelTarget : IThreadTarget
{
    private readonly KernelSession _session;
    private readonly KernelProcess _process;
    private readonly ProcessBlock _block;
    private readonly ImmutableDictionary<int, ThreadBlock> _threads;
    private bool _isReloaded;

    internal KernelTarget(KernelSession session, KernelProcess process, ProcessBlock block, IReadOnlyList<ThreadBlock> threads, int firstPosition)
    {
        _session = session;
        _process = process;
        _block = block;
        _threads = threads.Select((thread, i) => (thread, i)).ToImmutableDictionary(pair => firstPosition + pair.i, pair => pair.thread);
        Threads = [.. threads.Select((thread, i) => IdentityOf(thread, firstPosition + i))];

        // Of a process without callbacks nothing need be read: a machine has hundreds.
        bool isAsked = threads.Any(thread => thread.State is not ({ CallbackDepth: 0 } or { HasCallbackStack: false } or { IsSystemThread: true }));
        Process = isAsked ? process : new UnknownProcess(process.Architecture);
    }

    /// <inheritdoc/>
    public IProcessView Process { get; }

    /// <inheritdoc/>
    public ImmutableArray<ThreadIdentity> Threads { get; }

    /// <inheritdoc/>
    public ThreadStack Read(ThreadIdentity thread, StackMemory? memory) => new() { Thread = thread, Kernel = _threads[thread.Position].State };

    /// <inheritdoc/>
    public ThreadStack Walk(ThreadStack stack, bool byEngine)
    {
        ThreadBlock thread = _threads[stack.Thread.Position];
        if (!_session.Context.Enter(_block.Identity.Address))
            return stack with { Walk = WalkExtent.Failed, Problem = "the engine cannot select its process" };
        LoadUserModules();
        if (!_session.Context.EnterThread(thread.Address))
            return stack with { Walk = WalkExtent.Failed, Problem = "the engine cannot select the thread" };

        ThreadStack walked = _session.Walker.Walk(_process).On(stack);
        return thread.State.IsSystemThread ? walked : WithUserHalf(walked, thread);
    }

    private ThreadStack WithUserHalf(ThreadStack stack, ThreadBlock thread)
    {
        if (RegistersOf(stack, thread) is not { } registers)
            return stack with { Problem = "its user half is not in the dump, or cannot be found without symbols" };
        StackMemory? memory = _session.Memory.Read(registers.StackPointer, thread.Teb is 0 ? null : thread.Teb);
        return stack with
        {
            InstructionPointer = registers.InstructionPointer,
            StackPointer = registers.StackPointer,
            Memory = memory,
            Problem = memory is null ? "its user stack is paged out or not in the dump" : null,
        };
    }

    /// <summary>By the trap frame; where that is not known, by the first user frame of the walk.</summary>
    private (ulong InstructionPointer, ulong StackPointer)? RegistersOf(ThreadStack stack, ThreadBlock thread)
    {
        if (thread.TrapFrame is { } frame and not 0 && _session.ReadUserRegisters(frame) is { } registers)
            return registers;
        foreach (StackFrame walked in stack.Frames)
        {
            if (walked.Side == FrameSide.User && walked.StackPointer is not 0 and < AddressSpace.KernelStart)
                return (walked.InstructionPointer, walked.StackPointer);
        }

        return null;
    }

    private void LoadUserModules()
    {
        if (!_session.LoadsUserModules || _isReloaded)
            return;
        _isReloaded = true;
        _session.ReloadUserModules(_block);
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
