using KCallbacks.DbgEng;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>The registers with which a thread entered the kernel, from its trap frame.</summary>
internal sealed class UserRegisters
{
    private readonly uint _instructionPointer;
    private readonly uint _stackPointer;

    private UserRegisters(uint instructionPointer, uint stackPointer)
    {
        _instructionPointer = instructionPointer;
        _stackPointer = stackPointer;
    }

    /// <summary>Looks up where a trap frame holds them, on x64 or ARM64; null when nt's type information does not say.</summary>
    public static UserRegisters? Of(KernelTypes types) =>
        (types.OffsetOf("_KTRAP_FRAME", "Rip") ?? types.OffsetOf("_KTRAP_FRAME", "Pc")) is { } instructionPointer
        && (types.OffsetOf("_KTRAP_FRAME", "Rsp") ?? types.OffsetOf("_KTRAP_FRAME", "Sp")) is { } stackPointer
            ? new UserRegisters(instructionPointer, stackPointer)
            : null;

    /// <summary>Reads a trap frame; null when it cannot be read or was not made by user mode.</summary>
    public (ulong InstructionPointer, ulong StackPointer)? Read(DebugDataSpaces memory, ulong trapFrame) =>
        memory.ReadNumber(trapFrame + _instructionPointer, sizeof(ulong)) is { } instruction
        && memory.ReadNumber(trapFrame + _stackPointer, sizeof(ulong)) is { } stack
        && instruction is not 0 and < AddressSpace.KernelStart
        && stack is not 0 and < AddressSpace.KernelStart
            ? (instruction, stack)
            : null;
}
