using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory;

/// <summary>
/// Whether a thread stands right behind the system call of <c>NtCallbackReturn</c>, by the code there. A dump without images has no
/// names, but holds 256 bytes of code around each thread's instruction pointer.
/// </summary>
/// <remarks>
/// Only stubs as a whole count, so no chance bytes do; on builds not known only what no other service has on any build. Forms of
/// the x64 stub as read from ntdll; those of x86 from sourceforge.net/p/valgrind4win/wiki/SystemCalls and, for Windows 10,
/// reverseengineering.stackexchange.com/questions/24758.
/// </remarks>
internal sealed class ReturnStubByCode(IProcessView process)
{
    /// <summary>No stub has more code before the address to which its system call returns.</summary>
    private const int LongestStub = 0x18;

    /// <summary>Holds the code before the instruction pointer against the stubs; null where it shows nothing or there is a name, which tells more.</summary>
    public FieldCheck? Judge(in StackBytes stack, Architecture architecture)
    {
        ulong address = stack.InstructionPointer;
        if (process.IsWine || address < LongestStub || HasName(address))
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
        Span<byte> code = stackalloc byte[LongestStub];
        if (!process.TryRead(address - LongestStub, code))
            return null;
        return code switch
        {
            // mov r10,rcx; mov eax,number; syscall
            [.., 0x4c, 0x8b, 0xd1, 0xb8, var number, 0, 0, 0, 0x0f, 0x05] => On64Bit(number, isWindows10: false),

            // mov r10,rcx; mov eax,number; test byte [7ffe0308h],1; jne +3; syscall (; ret; int 2Eh)
            [.., 0x4c, 0x8b, 0xd1, 0xb8, var number, 0, 0, 0, 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05] =>
                On64Bit(number, isWindows10: true),
            [.., 0x4c, 0x8b, 0xd1, 0xb8, var number, 0, 0, 0, 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3, 0xcd, 0x2e] =>
                On64Bit(number, isWindows10: true),
            _ => null,
        };
    }

    private FieldCheck? JudgeX86(in StackBytes stack, ulong address)
    {
        Span<byte> code = stackalloc byte[LongestStub];
        if (!process.TryRead(address - LongestStub, code))
            return null;
        return code switch
        {
            // XyCallbackReturn: mov eax,[esp+4]; int 2Bh, an interrupt that nothing else uses
            [.., 0x8b, 0x44, 0x24, 0x04, 0xcd, 0x2b] => new FieldCheck(Confidence.High, "the code at its instruction pointer is XyCallbackReturn"),

            // KiFastSystemCall: mov edx,esp; sysenter, which returns to the stub
            [.., 0x8b, 0xd4, 0x0f, 0x34] => stack.TryReadUInt32(stack.StackPointer, out uint caller) ? JudgeFastCall(caller) : null,

            // 32-bit processes of 64-bit Windows: mov eax,number; mov edx,Wow64SystemServiceCall; call edx
            [.., 0xb8, var number, 0, _, _, 0xba, _, _, _, _, 0xff, 0xd2] => On64Bit(number, isWindows10: true),

            // mov eax,number; (xor ecx,ecx; lea edx,[esp+4];) call fs:[0c0h] (; add esp,4)
            [.., 0xb8, var number, 0, _, _, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0] => On64Bit(number, isWindows10: false),
            [.., 0xb8, var number, 0, _, _, 0x33, 0xc9, 0x8d, 0x54, 0x24, 0x04, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0] => On64Bit(number, isWindows10: false),
            [.., 0xb8, var number, 0, _, _, 0x33, 0xc9, 0x8d, 0x54, 0x24, 0x04, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0, 0x83, 0xc4, 0x04] =>
                On64Bit(number, isWindows10: false),
            _ => null,
        };
    }

    /// <summary>32-bit Windows: <c>mov eax,number; mov edx,7ffe0300h; call [edx]</c>.</summary>
    private FieldCheck? JudgeFastCall(uint caller)
    {
        Span<byte> code = stackalloc byte[LongestStub];
        if (process.WindowsBuild is not { } build || caller < LongestStub || HasName(caller) || !process.TryRead(caller - LongestStub, code))
            return null;
        return code is [.., 0xb8, var low, var high, 0, 0, 0xba, 0x00, 0x03, 0xfe, 0x7f, 0xff, 0x12 or 0xd2]
            && CallbackReturn.Of32Bit(build) == (low | (high << 8))
                ? Of(Confidence.High)
                : null;
    }

    /// <summary>ARM64: <c>svc #number; ret</c>. Its builds began with Windows 10.</summary>
    private FieldCheck? JudgeArm64(ulong address)
    {
        const uint supervisorCall = 0xd400_0001 | (CallbackReturn.Windows10 << 5);
        const uint ret = 0xd65f_03c0;
        Span<byte> code = stackalloc byte[2 * sizeof(uint)];
        return process.TryRead(address - sizeof(uint), code)
            && BinaryPrimitives.ReadUInt32LittleEndian(code) == supervisorCall
            && BinaryPrimitives.ReadUInt32LittleEndian(code[sizeof(uint)..]) == ret
                ? Of(Confidence.Medium)
                : null;
    }

    /// <summary>Only of the form that came with Windows 10 is the number known without the build.</summary>
    private FieldCheck? On64Bit(int number, bool isWindows10) => process.WindowsBuild is { } build
        ? number == CallbackReturn.Of64Bit(build) ? Of(Confidence.High) : null
        : isWindows10 && number == CallbackReturn.Windows10 ? Of(Confidence.Medium) : null;

    private static FieldCheck Of(Confidence confidence) => new(confidence, "the code at its instruction pointer is NtCallbackReturn");
}
