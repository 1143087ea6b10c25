using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Sessions.User;

namespace KCallbacks.Sessions;

/// <summary>Reads the user stack of a thread, from its stack pointer to the stack's base.</summary>
internal sealed class StackMemoryReader(DebugEngine engine, CpuLayout machine)
{
    private const uint PageSize = 0x1000;

    /// <summary>Windows reserves stacks in multiples of its allocation granularity, so their bases are multiples too.</summary>
    private const ulong Granularity = 0x10000;

    /// <summary>Far above any stack that is not an endless recursion; keeps a damaged TEB from costing gigabytes.</summary>
    private const int Largest = 16 << 20;

    /// <summary>Reads the stack; null when not even its first page can be read.</summary>
    /// <param name="stackPointer">Where it begins.</param>
    /// <param name="teb">The thread's TEB; null when not known.</param>
    public StackMemory? Read(ulong stackPointer, ulong? teb) => ReadToBase(stackPointer, teb) ?? ReadByPages(stackPointer);

    /// <summary>Reads what the thread list of a dump has of the stack; null when that is not the stack up to its base.</summary>
    public StackMemory? Read(ListedStack stack)
    {
        ulong end = stack.Start + stack.Size;
        return stack.Size != 0 && end % Granularity == 0 ? ReadTo(end, stack.Start) : ReadToBase(stack.Start, stack.Teb);
    }

    /// <summary>One read, when the TEB tells where the stack ends.</summary>
    private StackMemory? ReadToBase(ulong stackPointer, ulong? teb) =>
        teb is { } block && StackBase(block) is { } stackBase ? ReadTo(stackBase, stackPointer) : null;

    private StackMemory? ReadTo(ulong stackBase, ulong stackPointer)
    {
        if (stackPointer >= stackBase || stackBase - stackPointer > Largest)
            return null;
        byte[] bytes = new byte[stackBase - stackPointer];
        if (!engine.DataSpaces.TryReadVirtual(stackPointer, bytes, out uint read).Succeeded || read == 0)
            return null;
        bool isComplete = read == bytes.Length;
        // A copy of the part that was read: the rest would be kept as long as the part is.
        return new StackMemory(stackPointer, isComplete ? bytes : bytes[..(int)read], isComplete);
    }

    /// <summary>Page by page until nothing more is there: minidumps have stacks but no TEBs.</summary>
    private StackMemory? ReadByPages(ulong stackPointer)
    {
        using var bytes = new MemoryStream();
        Span<byte> page = stackalloc byte[(int)PageSize];
        ulong end = stackPointer;
        while (end - stackPointer < Largest)
        {
            Span<byte> rest = page[(int)(end % PageSize)..];
            if (!engine.DataSpaces.TryReadVirtual(end, rest, out uint read).Succeeded || read == 0)
                break;
            bytes.Write(rest[..(int)read]);
            end += read;
            if (read < rest.Length)
                break;
        }

        return bytes.Length == 0 ? null : new StackMemory(stackPointer, bytes.ToArray(), IsComplete: end % Granularity == 0);
    }

    /// <summary><c>NT_TIB.StackBase</c> of a thread.</summary>
    private ulong? StackBase(ulong teb) => engine.DataSpaces.ReadNumber(teb + (uint)machine.PointerSize, machine.PointerSize);
}
