using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Scanning;

/// <summary>Finds the 32-bit half of WoW64 threads: its registers and its stack, which the thread's own context does not show.</summary>
/// <param name="read">Reads the process's memory.</param>
/// <param name="native">The processor of the 64-bit half.</param>
/// <param name="windowsBuild">Build number of Windows; null when not known.</param>
public sealed class Wow64Reader(MemoryReader read, CpuLayout native, int? windowsBuild)
{
    private readonly StackReader _stacks = new(read, CpuLayout.X86);

    /// <summary>The registers of a thread's 32-bit half; null when they are not to be found.</summary>
    /// <param name="context">The thread's own context.</param>
    /// <param name="teb">Its 64-bit TEB; 0 when not known.</param>
    public Wow64Registers? Find(ReadOnlySpan<byte> context, ulong teb)
    {
        if (Runs32BitCode(context, teb))
            return new(Wow64Layout.ContextOfRunning(context), ThreadBlock32Of(teb)) { NativeStackPointer = Pointer(teb, Wow64Layout.NativeStackPointer) ?? 0 };
        return FromCpuArea(teb) is { } registers ? new(registers, ThreadBlock32Of(teb)) : null;
    }

    /// <summary>
    /// Adds the 32-bit half to what was read of a thread. What was read of one that runs 32-bit code is that half; its other one is searched
    /// for from the stack pointer that the TEB keeps.
    /// </summary>
    /// <param name="stack">What was read by the thread's own context.</param>
    /// <param name="context">That context.</param>
    /// <param name="teb">The thread's 64-bit TEB; 0 when not known.</param>
    /// <param name="stacks">Reads stacks of the 64-bit half.</param>
    public ThreadStack Complete(ThreadStack stack, ReadOnlySpan<byte> context, ulong teb, StackReader stacks)
    {
        ArgumentNullException.ThrowIfNull(stacks);
        if (Find(context, teb) is not { } registers)
            return stack;
        ThreadStack completed = stack with { Wow64Half = Read(stack.Thread, registers) };
        if (registers.NativeStackPointer is not { } stackPointer)
            return completed;
        StackMemory? memory = stackPointer == 0 ? null : stacks.Read(stackPointer, teb);
        return completed with
        {
            InstructionPointer = 0,
            StackPointer = stackPointer,
            FramePointer = 0,
            Registers = null,
            CallRegisters = null,
            Memory = memory,
            Problem = memory is null ? "it runs 32-bit code, and where its 64-bit half stands is not known" : null,
        };
    }

    private ThreadStack Read(ThreadIdentity thread, Wow64Registers registers)
    {
        StackMemory? memory = _stacks.Read(registers.StackPointer, registers.ThreadBlock);
        return new()
        {
            Thread = thread,
            InstructionPointer = registers.InstructionPointer,
            StackPointer = registers.StackPointer,
            FramePointer = registers.FramePointer,
            EnvironmentBlock = registers.ThreadBlock == 0 ? null : registers.ThreadBlock,
            Memory = memory,
            Problem = memory is null ? "the stack of its 32-bit half cannot be read" : null,
        };
    }

    /// <summary>By the code segment; where the context has none, 32-bit code has a stack pointer outside of the 64-bit stack.</summary>
    private bool Runs32BitCode(ReadOnlySpan<byte> context, ulong teb)
    {
        if (native.Architecture != Architecture.X64)
            return false;
        ushort segment = BinaryPrimitives.ReadUInt16LittleEndian(context[Wow64Layout.CodeSegmentOffset..]);
        if (segment != 0)
            return segment == Wow64Layout.Code32;
        ulong stackPointer = native.ToAddress(context[native.StackPointerOffset..]);
        return stackPointer <= uint.MaxValue
            && Pointer(teb, native.StackBaseOffset) is { } stackBase && Pointer(teb, native.StackBaseOffset + (uint)native.PointerSize) is { } limit
            && (stackPointer >= stackBase || stackPointer < limit);
    }

    private byte[]? FromCpuArea(ulong teb)
    {
        if (Pointer(teb, Wow64Layout.CpuArea) is not { } area)
            return null;
        byte[] bytes = new byte[Wow64Layout.ContextInCpuArea + CpuLayout.X86.ContextSize];
        if (read(area, bytes) != bytes.Length)
            return null;
        bool isOther = windowsBuild >= Wow64Layout.FirstBuildWithMachine
            && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(Wow64Layout.MachineInCpuArea)) != CpuLayout.X86.Machine;
        byte[] context = bytes[Wow64Layout.ContextInCpuArea..];
        bool isOfX86 = (BinaryPrimitives.ReadUInt32LittleEndian(context) & 0xffff_0000) == Wow64Layout.ContextFlagsOfX86;
        return !isOther && isOfX86 && CpuLayout.X86.ToAddress(context.AsSpan(CpuLayout.X86.StackPointerOffset)) != 0 ? context : null;
    }

    /// <summary>A 32-bit TEB knows its own address; 0 when there is none.</summary>
    private ulong ThreadBlock32Of(ulong teb)
    {
        if (teb == 0)
            return 0;
        ulong named = Pointer(teb, Wow64Layout.ThreadBlock32) ?? 0;
        if (IsThreadBlock32(named))
            return named;
        ulong distant = Number(teb + Wow64Layout.ThreadBlock32Distance) is { } distance and not 0 ? teb + (ulong)(int)distance : 0;
        return IsThreadBlock32(distant) ? distant : 0;
    }

    private bool IsThreadBlock32(ulong block) => block is not 0 and <= uint.MaxValue && Number(block + Wow64Layout.SelfInThreadBlock32) == block;

    private ulong? Pointer(ulong block, uint offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return block != 0 && read(block + offset, bytes) == bytes.Length && BinaryPrimitives.ReadUInt64LittleEndian(bytes) is var value and not 0 ? value : null;
    }

    private uint? Number(ulong address)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        return read(address, bytes) == bytes.Length ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : null;
    }
}
