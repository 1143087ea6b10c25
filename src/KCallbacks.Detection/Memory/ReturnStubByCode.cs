using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory;

/// <summary>
/// Whether a thread stands right after the system call of <c>NtCallbackReturn</c>, by the code there. A dump without images has no
/// names, but holds 256 bytes of code around each thread's instruction pointer.
/// </summary>
/// <remarks>
/// Only stubs as a whole count, so no chance bytes do; on builds not known only what no other service has on any build.
/// </remarks>
internal sealed class ReturnStubByCode(IProcessView process)
{
    /// <summary>Holds the code before the instruction pointer against the stubs; null where it shows nothing or there is a name, which tells more.</summary>
    public FieldCheck? Judge(in StackBytes stack, Architecture architecture)
    {
        ulong address = stack.InstructionPointer;
        if (process.IsWine || address < StubCode.Longest || HasName(address))
            return null;
        return architecture switch
        {
            Architecture.X64 => JudgeX64(address),
            Architecture.X86 => JudgeX86(stack, address),
            Architecture.Arm64 => JudgeArm64(address),
            _ => null,
        };
    }

    private bool HasName(ulong address) => process.FindSymbol(address) is { Function: not null, Displacement: <= SystemCallStub.Reach };

    private FieldCheck? JudgeX64(ulong address)
    {
        Span<byte> code = stackalloc byte[StubCode.Longest];
        return process.TryRead(address - StubCode.Longest, code) ? On64Bit(StubCode.ReadX64(code)) : null;
    }

    private FieldCheck? JudgeX86(in StackBytes stack, ulong address)
    {
        Span<byte> code = stackalloc byte[StubCode.Longest];
        if (!process.TryRead(address - StubCode.Longest, code))
            return null;

        // XyCallbackReturn: mov eax,[esp+4]; int 2Bh, an interrupt that nothing else uses
        if (code is [.., 0x8b, 0x44, 0x24, 0x04, 0xcd, 0x2b])
            return new FieldCheck(Confidence.High, "the code at its instruction pointer is XyCallbackReturn");
        if (StubCode.IsFastCall(code))
            return stack.TryReadUInt32(stack.StackPointer, out uint caller) ? JudgeFastCall(caller) : null;
        return On64Bit(StubCode.ReadWow64(code));
    }

    private FieldCheck? JudgeFastCall(uint caller)
    {
        Span<byte> code = stackalloc byte[StubCode.Longest];
        if (process.WindowsBuild is not { } build || caller < StubCode.Longest || HasName(caller) || !process.TryRead(caller - StubCode.Longest, code))
            return null;
        return StubCode.ReadX86(code) is { } stub && stub.Number == CallbackReturn.Of32Bit(build) ? Of(Confidence.High) : null;
    }

    /// <summary>The builds of ARM64 began with Windows 10.</summary>
    private FieldCheck? JudgeArm64(ulong address)
    {
        Span<byte> code = stackalloc byte[2 * sizeof(uint)];
        return process.TryRead(address - sizeof(uint), code) && StubCode.ReadArm64(code)?.Number == CallbackReturn.Windows10 ? Of(Confidence.Medium) : null;
    }

    /// <summary>Only of the form that came with Windows 10 is the number known without the build.</summary>
    private FieldCheck? On64Bit(StubCode? stub)
    {
        if (stub is not { } code)
            return null;
        if (process.WindowsBuild is { } build)
            return code.Number == CallbackReturn.Of64Bit(build) ? Of(Confidence.High) : null;
        return code.IsWindows10 && code.Number == CallbackReturn.Windows10 ? Of(Confidence.Medium) : null;
    }

    private static FieldCheck Of(Confidence confidence) => new(confidence, "the code at its instruction pointer is NtCallbackReturn");
}
