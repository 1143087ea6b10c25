using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Dumps.Format;
using KCallbacks.Scanning;

namespace KCallbacks.Dumps;

/// <summary>Reads a thread's registers and stack as far as they are in the dump, and says what is not.</summary>
/// <param name="content">The dump.</param>
/// <param name="machine">Its processor.</param>
/// <param name="hasHalves">Whether its threads have a 32-bit half, too (WoW64).</param>
internal sealed class DumpedThread(MinidumpContent content, CpuLayout machine, bool hasHalves)
{
    /// <summary>The thread without frames; what cannot be read is said in <see cref="ThreadStack.Problem"/>.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public ThreadStack Read(ThreadStack known, ListedThread thread) =>
        Registers(thread) is not { } context ? known with { Problem = NoRegisters(thread) }
        : hasHalves ? WithHalf(WithMemory(known, thread, context), thread, context)
        : WithMemory(known, thread, context);

    private ThreadStack WithHalf(ThreadStack stack, ListedThread thread, byte[] context)
    {
        var reader = new OwnStackFirst(content, thread);
        ThreadStack completed = new Wow64Reader(reader.Read, machine, content.System.WindowsBuild)
            .Complete(stack, context, thread.EnvironmentBlock, new StackReader(reader.Read, machine));
        if (completed.Wow64Half is not { } half)
            return completed;
        bool isOtherStack = completed.StackPointer != stack.StackPointer;
        return (isOtherStack ? Checked(completed, thread) : completed) with { Wow64Half = Checked(half, thread) };
    }

    private ThreadStack WithMemory(ThreadStack stack, ListedThread thread, byte[] context)
    {
        ulong stackPointer = StackPointer(context);
        ThreadStack known = stack with
        {
            InstructionPointer = machine.ToAddress(context.AsSpan(machine.InstructionPointerOffset)),
            StackPointer = stackPointer,
            FramePointer = machine.FramePointerOffset is { } offset ? machine.ToAddress(context.AsSpan(offset)) : 0,
            Registers = machine.Architecture == Architecture.X64 ? X64Context.PreservedOf(context) : null,
            CallRegisters = machine.Architecture == Architecture.X64 ? X64Context.CallOf(context) : null,
            EnvironmentBlock = thread.EnvironmentBlock == 0 ? null : thread.EnvironmentBlock,
        };
        var reader = new StackReader(new OwnStackFirst(content, thread).Read, machine);
        if (reader.Read(stackPointer, thread.EnvironmentBlock, new StackRange(thread.StackStart, thread.Stack.Size, thread.EnvironmentBlock)) is not { } memory)
            return known with { Problem = content.Memory.Lists(stackPointer) ? "the dump is cut off before the thread's stack" : "the dump does not hold the thread's stack" };
        return Checked(known with { Memory = memory }, thread);
    }

    /// <summary>A stack that is not what it must be proves no absence.</summary>
    private ThreadStack Checked(ThreadStack stack, ListedThread thread)
    {
        if (stack.Memory is not { } memory)
            return stack;
        string? blank = BlankStack.Find(memory);
        if (blank is not null)
            content.Gaps.NoteBlank($"the dump holds only zeros where the stack of thread {thread.SystemId:x} should be");
        string? doubt = blank ?? content.WhyAbsenceIsNotProven;
        return doubt is null ? stack : stack with { Memory = memory with { IsComplete = false }, Problem = doubt };
    }

    /// <summary>
    /// The registers. A program that dumps itself cannot tell those of the thread that writes; of a thread that raised the exception
    /// for which it writes they are kept with the exception.
    /// </summary>
    private byte[]? Registers(ListedThread thread)
    {
        byte[]? listed = Context(thread.Context);
        if ((listed is not null && content.Memory.Lists(StackPointer(listed))) || content.Exception?.SystemId != thread.SystemId)
            return listed;
        return Context(content.Exception.Context) ?? listed;
    }

    private byte[]? Context(FilePart part)
    {
        byte[] context = content.File.Read(part with { Size = Math.Min(part.Size, (ulong)machine.ContextSize) });
        Array.Resize(ref context, machine.ContextSize);
        return StackPointer(context) == 0 ? null : context;
    }

    private string NoRegisters(ListedThread thread)
    {
        if (thread.Context.Size == 0)
            return "the dump does not hold the thread's registers";
        return !content.File.Holds(thread.Context)
            ? "the dump is cut off before the thread's registers"
            : "the dump holds only zeros for the thread's registers; it may be the thread that wrote the dump";
    }

    private ulong StackPointer(byte[] context) => machine.ToAddress(context.AsSpan(machine.StackPointerOffset));
}
