using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// The system call that a callback interrupted, on x86: the stub's own call leaves its return address right above the kernel's data. Under
/// WoW64 it has been taken off the stack and lies below the outer stack pointer, on 32-bit Windows that points to it.
/// </summary>
/// <remarks>
/// <code>
///     input data
///     return address into the stub           32-bit Windows: the outer stack pointer
///     return address of the stub             WoW64: the outer stack pointer
///     the system call's arguments
/// </code>
/// </remarks>
internal sealed class X86EntryStub(ProcessLandmarks landmarks, IProcessView process)
{
    private const uint WordSize = sizeof(uint);

    /// <summary>Words after the data among which the return address is looked for where the frame holds no outer stack pointer.</summary>
    private const ulong Reach = 4 * WordSize;

    /// <summary>The same where the frame does not say how long its data is.</summary>
    private const ulong ReachOverData = 16 * WordSize;

    /// <summary>Where the stub goes on, and the stack pointer that it has then, which points at the return address of the stub; 0 where nothing tells.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="outer">The outer stack pointer that the frame holds; 0 when it holds none.</param>
    /// <param name="endOfInput">The address after the frame's data.</param>
    /// <param name="isLengthKnown">Whether the frame says how long its data is.</param>
    public (ulong InstructionPointer, ulong StackPointer) Find(in StackBytes stack, ulong outer, ulong endOfInput, bool isLengthKnown)
    {
        ulong first = outer != 0 ? Math.Max(outer - WordSize, endOfInput) : (endOfInput + WordSize - 1) & ~(ulong)(WordSize - 1);
        ulong last = outer != 0 ? outer : first + (isLengthKnown ? Reach : ReachOverData);
        for (ulong slot = first; slot <= last; slot += WordSize)
        {
            if (stack.TryReadUInt32(slot, out uint address) && IsInStub(address))
                return (address, slot + WordSize);
        }

        // Without its code, only what lies below the outer stack pointer cannot be the return address of the stub itself.
        bool isLeft = outer != 0 && first < outer && stack.TryReadUInt32(first, out uint left) && landmarks.IsInEntryModule(left);
        return isLeft && stack.TryReadUInt32(first, out uint entry) ? (entry, outer) : (0, outer);
    }

    private bool IsInStub(uint address)
    {
        Span<byte> code = stackalloc byte[StubCode.Longest];
        return landmarks.IsInEntryModule(address)
            && process.TryRead(address - StubCode.Longest, code)
            && (StubCode.ReadWow64(code) ?? StubCode.ReadX86(code)) is not null;
    }
}
