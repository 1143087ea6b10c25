using System.Buffers.Binary;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>Recognises by its instructions that a function is being left, and does what remains of its epilogue.</summary>
/// <remarks>
/// "x64 exception handling", "Epilog code": <c>add rsp, constant</c> or <c>lea rsp, constant[frame register]</c>, any number of
/// <c>pop</c> of 8-byte registers, then <c>ret</c> or a jump out of the function.
/// </remarks>
internal static class X64Epilogue
{
    /// <summary>Longer than any epilogue: 7 bytes to free the frame, 2 for each of 8 registers, 7 for a jump.</summary>
    public const int LongestCode = 32;

    /// <summary>Does the rest of the epilogue; false, with nothing changed, when the code is not one.</summary>
    /// <param name="code">The instructions from the instruction pointer to the function's end or as far as an epilogue can reach.</param>
    /// <param name="frameRegister">The function's frame register; 0 when it has none.</param>
    /// <param name="leaves">Whether a jump to the offset from the first instruction leaves the function.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="registers">The registers; afterwards Rsp points at the return address.</param>
    public static bool TryFinish(ReadOnlySpan<byte> code, int frameRegister, Func<long, bool> leaves, in StackWords stack, ref X64RegisterFile registers)
    {
        X64RegisterFile left = registers;
        int at = FreeFrame(code, frameRegister, ref left);
        while (PoppedRegister(code[at..]) is { } pop)
        {
            if (!stack.TryRead(left[X64RegisterFile.Rsp], out ulong value))
                return false;
            left[X64RegisterFile.Rsp] += sizeof(ulong);
            left[pop.Register] = value;
            at += pop.Length;
        }

        if (!IsReturn(code[at..]) && !IsJumpOut(code[at..], at, leaves))
            return false;
        registers = left;
        return true;
    }

    /// <summary>Does the instruction that frees the locals; the number of its bytes, 0 when there is none.</summary>
    private static int FreeFrame(ReadOnlySpan<byte> code, int frameRegister, ref X64RegisterFile registers)
    {
        ulong stackPointer = registers[X64RegisterFile.Rsp];
        switch (code)
        {
            case [0x48, 0x83, 0xc4, byte small, ..]:
                registers[X64RegisterFile.Rsp] = stackPointer + (ulong)(sbyte)small;
                return 4;
            case [0x48, 0x81, 0xc4, _, _, _, _, ..]:
                registers[X64RegisterFile.Rsp] = stackPointer + (ulong)BinaryPrimitives.ReadInt32LittleEndian(code[3..]);
                return 7;
            case [0x48 or 0x49, 0x8d, byte operand, ..] when frameRegister != 0 && IsFrameRegister(code[0], operand, frameRegister):
                return LoadAddress(code, operand, registers[frameRegister], ref registers);
            default:
                return 0;
        }
    }

    /// <summary>Whether <c>lea</c> takes its address from the frame register and puts it into Rsp.</summary>
    private static bool IsFrameRegister(byte prefix, byte operand, int frameRegister) =>
        (operand & 0x38) == X64RegisterFile.Rsp << 3
        && (operand & 7) == (frameRegister & 7)
        && (operand & 7) != X64RegisterFile.Rsp
        && (prefix & 1) == frameRegister >> 3;

    private static int LoadAddress(ReadOnlySpan<byte> code, byte operand, ulong frame, ref X64RegisterFile registers)
    {
        switch (operand >> 6)
        {
            case 1 when code.Length >= 4:
                registers[X64RegisterFile.Rsp] = frame + (ulong)(sbyte)code[3];
                return 4;
            case 2 when code.Length >= 7:
                registers[X64RegisterFile.Rsp] = frame + (ulong)BinaryPrimitives.ReadInt32LittleEndian(code[3..]);
                return 7;
            default:
                return 0;
        }
    }

    private static (int Register, int Length)? PoppedRegister(ReadOnlySpan<byte> code) => code switch
    {
        [>= 0x58 and <= 0x5f and not 0x5c, ..] => (code[0] - 0x58, 1),
        [0x41, >= 0x58 and <= 0x5f, ..] => (code[1] - 0x58 + 8, 2),
        _ => null,
    };

    private static bool IsReturn(ReadOnlySpan<byte> code) => code is [0xc3, ..] or [0xc2, _, _, ..] or [0xf3, 0xc3, ..];

    private static bool IsJumpOut(ReadOnlySpan<byte> code, int at, Func<long, bool> leaves) => code switch
    {
        [0xeb, byte near, ..] => leaves(at + 2 + (sbyte)near),
        [0xe9, _, _, _, _, ..] => leaves(at + 5L + BinaryPrimitives.ReadInt32LittleEndian(code[1..])),

        // Through memory, relative to the instruction, or a register with the prefix that marks the end of a function.
        [0xff, 0x25, ..] or [0x48, 0xff, 0x25, ..] or [0x48, 0xff, >= 0xe0 and <= 0xe7, ..] or [0x49, 0xff, >= 0xe0 and <= 0xe7, ..] => true,
        _ => false,
    };
}
