using System.Runtime.CompilerServices;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The 16 general registers by the numbers that instructions and unwind codes give them. The volatile ones hold nothing.</summary>
[InlineArray(16)]
internal struct X64RegisterFile
{
    /// <summary>Number of Rsp.</summary>
    public const int Rsp = 4;

    /// <summary>Number of RBP.</summary>
    public const int Rbp = 5;

    private ulong _first;

    /// <summary>The registers of a thread.</summary>
    public static X64RegisterFile Of(ulong stackPointer, X64Registers preserved)
    {
        var registers = default(X64RegisterFile);
        registers[3] = preserved.Rbx;
        registers[Rsp] = stackPointer;
        registers[5] = preserved.Rbp;
        registers[6] = preserved.Rsi;
        registers[7] = preserved.Rdi;
        registers[12] = preserved.R12;
        registers[13] = preserved.R13;
        registers[14] = preserved.R14;
        registers[15] = preserved.R15;
        return registers;
    }
}
