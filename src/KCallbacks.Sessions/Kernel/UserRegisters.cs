using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Reads the registers with which a thread entered the kernel, from its trap frame.</summary>
/// <remarks>
/// A system call of x64 leaves Rbx, Rbp, Rsi and Rdi in the trap frame. R12 to R15 stay in registers that the kernel's functions save
/// where they like; they are taken for zero, and a walk that depends on them ends early.
/// </remarks>
internal sealed class UserRegisters
{
    private readonly uint _instructionPointer;
    private readonly uint _stackPointer;
    private readonly bool _isX64;
    private readonly uint? _rbx;
    private readonly uint? _rbp;
    private readonly uint? _rsi;
    private readonly uint? _rdi;

    private UserRegisters(KernelTypes types, uint instructionPointer, uint stackPointer)
    {
        _instructionPointer = instructionPointer;
        _stackPointer = stackPointer;
        _isX64 = types.OffsetOf("_KTRAP_FRAME", "Rip") is not null;
        _rbx = types.OffsetOf("_KTRAP_FRAME", "Rbx");
        _rbp = types.OffsetOf("_KTRAP_FRAME", "Rbp");
        _rsi = types.OffsetOf("_KTRAP_FRAME", "Rsi");
        _rdi = types.OffsetOf("_KTRAP_FRAME", "Rdi");
    }

    /// <summary>Looks up where a trap frame holds them, on x64 or ARM64; null when nt's type information does not say.</summary>
    public static UserRegisters? Of(KernelTypes types) =>
        (types.OffsetOf("_KTRAP_FRAME", "Rip") ?? types.OffsetOf("_KTRAP_FRAME", "Pc")) is { } instructionPointer
        && (types.OffsetOf("_KTRAP_FRAME", "Rsp") ?? types.OffsetOf("_KTRAP_FRAME", "Sp")) is { } stackPointer
            ? new UserRegisters(types, instructionPointer, stackPointer)
            : null;

    /// <summary>Reads a trap frame; null when it cannot be read or was not made by user mode.</summary>
    public EntryRegisters? Read(DebugDataSpaces memory, ulong trapFrame) =>
        memory.ReadNumber(trapFrame + _instructionPointer, sizeof(ulong)) is { } instruction
        && memory.ReadNumber(trapFrame + _stackPointer, sizeof(ulong)) is { } stack
        && instruction is not 0 and < AddressSpace.KernelStart
        && stack is not 0 and < AddressSpace.KernelStart
            ? new EntryRegisters(instruction, stack, _isX64 ? PreservedIn(memory, trapFrame) : null)
            : null;

    private X64Registers PreservedIn(DebugDataSpaces memory, ulong trapFrame)
    {
        return new X64Registers(ValueOf(_rbx), ValueOf(_rbp), ValueOf(_rsi), ValueOf(_rdi), R12: 0, R13: 0, R14: 0, R15: 0);

        ulong ValueOf(uint? offset) => offset is { } known ? memory.ReadNumber(trapFrame + known, sizeof(ulong)) ?? 0 : 0;
    }
}
