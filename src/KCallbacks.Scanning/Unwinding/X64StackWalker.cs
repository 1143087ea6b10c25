using System.Collections.Immutable;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>
/// Walks x64 user stacks over the unwind data of the process's images. It reads each image's table once and otherwise only the
/// stack bytes that are at hand anyway, so that a walk costs microseconds.
/// </summary>
/// <param name="process">The process; its modules must not change afterwards.</param>
/// <param name="directories">The unwind data of its images.</param>
/// <param name="generated">Code that a runtime made; null where there is none.</param>
/// <param name="chain">What leads on where nobody has unwind data; null where nothing but such data is to lead.</param>
internal sealed class X64StackWalker(IProcessView process, ExceptionDirectories directories, IGeneratedCode? generated, BasePointerChain? chain = null)
{
    /// <summary>More frames than fit on any stack that is not an endless recursion.</summary>
    private const int MostFrames = 1 << 16;

    private readonly X64FrameUnwinder _unwinder = new(process, directories, generated, chain);

    /// <summary>Makes a walker that reads the unwind data for itself.</summary>
    public X64StackWalker(IProcessView process, IGeneratedCode? generated = null, BasePointerChain? chain = null)
        : this(process, new ExceptionDirectories(process), generated, chain)
    {
    }

    /// <summary>Walks a thread. Never throws for what lies in memory.</summary>
    /// <param name="stack">What was read of the thread; needs its registers and its memory.</param>
    /// <param name="callbacks">The callback frames in its memory: from Wine's dispatcher no unwind data leads to what was interrupted.</param>
    public WalkResult Walk(ThreadStack stack, ImmutableArray<CallbackFrame> callbacks = default)
    {
        if (stack.Registers is not { } registers || stack.InstructionPointer == 0)
            return new WalkResult([], WalkExtent.Failed, "its registers were not read");
        if (stack.Memory is null)
            return new WalkResult([], WalkExtent.Failed, "its stack memory was not read");

        var words = new StackWords(new StackBytes(stack, process));
        ImmutableArray<StackFrame>.Builder frames = ImmutableArray.CreateBuilder<StackFrame>();
        var frame = new X64Frame
        {
            InstructionPointer = stack.InstructionPointer,
            Registers = X64RegisterFile.Of(stack.StackPointer, registers),
            IsInterrupted = true,
        };
        string? end = Walk(ref frame, words, callbacks, frames);
        return new WalkResult(frames.ToImmutable(), end is null ? WalkExtent.Complete : WalkExtent.Truncated, end)
        {
            Missing = frame.IsGuessed ? MissingFrames.Between : MissingFrames.None,
        };
    }

    /// <returns>Why the walk ended before the thread's start; null when it did not.</returns>
    private string? Walk(ref X64Frame frame, in StackWords stack, ImmutableArray<CallbackFrame> callbacks, ImmutableArray<StackFrame>.Builder frames)
    {
        while (frames.Count < MostFrames)
        {
            X64Frame caller = frame;
            string? error = _unwinder.Leave(ref caller, stack);
            if (error is null)
                GoBack(ref caller, callbacks, stack);
            bool isAscending = caller.StackPointer > frame.StackPointer;
            ulong returnAddress = error is null && isAscending ? caller.InstructionPointer : 0;
            frames.Add(new StackFrame(
                null, null, null, frame.InstructionPointer, frame.StackPointer, returnAddress, FrameSide.User));
            if (error is not null)
                return error;
            if (!isAscending)
                return "the stack pointer does not rise from a frame to its caller";

            // The first function of a thread was called by nobody; a place that was interrupted was called by somebody.
            if (caller.InstructionPointer == 0)
                return frame.IsInterrupted ? "the innermost function returns to address 0" : null;
            frame = caller;
        }

        return $"more than {MostFrames} frames";
    }

    /// <summary>
    /// From the fake return address of Wine's dispatcher to the system call that the callback interrupted, or where nothing shows which it
    /// is, to its caller: the stub's return address is on top of the stack.
    /// </summary>
    private static void GoBack(ref X64Frame caller, ImmutableArray<CallbackFrame> callbacks, in StackWords stack)
    {
        foreach (CallbackFrame callback in callbacks.IsDefault ? [] : callbacks)
        {
            if (callback.Layout != CallbackLayout.WineX64 || callback.Address + sizeof(ulong) != caller.StackPointer || callback.OuterStackPointer == 0)
                continue;
            bool isKnown = callback.EntryInstructionPointer != 0;
            ulong returnAddress = 0;
            if (!isKnown && !stack.TryRead(callback.OuterStackPointer, out returnAddress))
                return;
            caller.InstructionPointer = isKnown ? callback.EntryInstructionPointer : returnAddress;
            caller.Registers[X64RegisterFile.Rsp] = callback.OuterStackPointer + (isKnown ? 0UL : sizeof(ulong));
            caller.IsInterrupted = isKnown;
            return;
        }
    }
}
