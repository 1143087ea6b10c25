using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Walking;

/// <summary>A finished walk, reusable for threads at the same instruction with the same return addresses.</summary>
/// <remarks>
/// It fits a thread when every return address lies as far from the stack pointer as it did in the thread that was walked. A function
/// whose frame has another size in the other thread moves all return addresses after it, so that they are not found.
/// </remarks>
internal sealed class WalkPattern
{
    private const int ReturnAddressSize = sizeof(ulong);

    /// <summary>Where Rip and Rsp of the machine frame lie in a callback frame of x64, which is also the dispatcher's stack pointer.</summary>
    private const ulong MachineFrameReturn = 0x30;

    private readonly ThreadStack _walked;
    private readonly ImmutableArray<ReturnSlot> _slots;

    private WalkPattern(ThreadStack walked, ImmutableArray<ReturnSlot> slots)
    {
        _walked = walked;
        _slots = slots;
    }

    /// <summary>Makes it of a thread whose walk and memory are whole; null when a return address is not found on the stack.</summary>
    /// <param name="walked">The thread with its frames and its memory.</param>
    public static WalkPattern? Of(ThreadStack walked)
    {
        // A walk also ends with a return to nowhere where the memory ends; another thread's stack may go on there.
        if (walked is not { Walk: WalkExtent.Complete, Memory.IsComplete: true })
            return null;
        var slots = ImmutableArray.CreateBuilder<ReturnSlot>(walked.Frames.Length);
        // The outermost frame of a whole walk returns nowhere.
        for (int i = 0; i < walked.Frames.Length - 1; i++)
        {
            if (SlotOf(walked, walked.Frames[i], walked.Frames[i + 1].StackPointer) is not { } slot)
                return null;
            slots.Add(slot);
        }

        return new WalkPattern(walked with { Memory = null }, slots.DrainToImmutable());
    }

    /// <summary>The thread with the frames of this walk; null when it did not come the same way.</summary>
    public ThreadStack? For(ThreadStack thread)
    {
        if (thread.InstructionPointer != _walked.InstructionPointer)
            return null;
        ReadOnlySpan<byte> bytes = thread.Memory!.Bytes.Span;
        foreach (ReturnSlot slot in _slots)
        {
            if (WordAt(bytes, slot.Offset) != slot.ReturnAddress)
                return null;
        }

        return thread with { Frames = Moved(thread.StackPointer - _walked.StackPointer), Walk = _walked.Walk };
    }

    private ImmutableArray<StackFrame> Moved(ulong distance)
    {
        var frames = new StackFrame[_walked.Frames.Length];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = _walked.Frames[i] with { StackPointer = _walked.Frames[i].StackPointer + distance };
        return ImmutableCollectionsMarshal.AsImmutableArray(frames);
    }

    /// <summary>Below the next frame's stack pointer; in the machine frame, where a callback began.</summary>
    private static ReturnSlot? SlotOf(ThreadStack walked, in StackFrame frame, ulong next)
    {
        foreach (ulong address in (ReadOnlySpan<ulong>)[next - ReturnAddressSize, frame.StackPointer + MachineFrameReturn])
        {
            ulong offset = address - walked.StackPointer;
            if (WordAt(walked.Memory!.Bytes.Span, offset) == frame.ReturnAddress)
                return new ReturnSlot(offset, frame.ReturnAddress);
        }

        return null;
    }

    private static ulong? WordAt(ReadOnlySpan<byte> stack, ulong offset) =>
        offset <= (ulong)stack.Length && (ulong)stack.Length - offset >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(stack[(int)offset..])
            : null;

    /// <summary>A return address, and how far from the stack pointer it lies.</summary>
    private readonly record struct ReturnSlot(ulong Offset, ulong ReturnAddress);
}
