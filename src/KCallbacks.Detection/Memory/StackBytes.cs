using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>The live part of a thread's stack: its bytes from the stack pointer up, and the process they belong to.</summary>
internal readonly ref struct StackBytes
{
    private readonly IProcessView _process;

    public StackBytes(ThreadStack thread, IProcessView process)
    {
        _process = process;
        StackPointer = thread.StackPointer;
        InstructionPointer = thread.InstructionPointer;
        FramePointer = thread.FramePointer;
        if (thread.Memory is not { } memory)
            return;

        // Nothing below the stack pointer is alive. Bytes that would reach beyond the address space are not a stack.
        ulong skipped = Math.Max(memory.Address, thread.StackPointer) - memory.Address;
        if (skipped >= (ulong)memory.Bytes.Length || memory.Address > ulong.MaxValue - (ulong)memory.Bytes.Length)
            return;

        Bytes = memory.Bytes.Span[(int)skipped..];
        Address = memory.Address + skipped;
        IsComplete = memory.IsComplete;
    }

    /// <summary>Address of the first byte.</summary>
    public ulong Address { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    public ulong End => Address + (ulong)Bytes.Length;

    /// <summary>Whether the bytes reach the base of the stack.</summary>
    public bool IsComplete { get; }

    public ulong StackPointer { get; }

    public ulong InstructionPointer { get; }

    /// <summary>EBP; 0 on other architectures, or when it was not read.</summary>
    public ulong FramePointer { get; }

    /// <summary>Whether an address is one of the stack's.</summary>
    public bool Contains(ulong address) => address >= Address && address < End;

    /// <summary>The stack's words, which lie at multiples of their size wherever its bytes begin.</summary>
    /// <param name="from">Where to begin; afterwards where the first word lies.</param>
    public ReadOnlySpan<TWord> WordsFrom<TWord>(ref ulong from)
        where TWord : unmanaged
    {
        ulong size = (ulong)Unsafe.SizeOf<TWord>();
        from = (Math.Max(from, Address) + size - 1) & ~(size - 1);
        return from < End ? MemoryMarshal.Cast<byte, TWord>(Bytes[(int)(from - Address)..]) : [];
    }

    /// <summary>Reads 8 bytes of the stack, or of the process where the stack's bytes end.</summary>
    public bool TryReadUInt64(ulong address, out ulong value)
    {
        Span<byte> read = stackalloc byte[sizeof(ulong)];
        bool isRead = TryRead(address, read);
        value = isRead ? BinaryPrimitives.ReadUInt64LittleEndian(read) : 0;
        return isRead;
    }

    /// <summary>Reads 4 bytes of the stack, or of the process where the stack's bytes end.</summary>
    public bool TryReadUInt32(ulong address, out uint value)
    {
        Span<byte> read = stackalloc byte[sizeof(uint)];
        bool isRead = TryRead(address, read);
        value = isRead ? BinaryPrimitives.ReadUInt32LittleEndian(read) : 0;
        return isRead;
    }

    private bool TryRead(ulong address, Span<byte> destination)
    {
        ulong offset = address - Address;
        if (address >= Address && offset <= (ulong)Bytes.Length && (ulong)Bytes.Length - offset >= (ulong)destination.Length)
        {
            Bytes.Slice((int)offset, destination.Length).CopyTo(destination);
            return true;
        }

        return _process.TryRead(address, destination);
    }
}
