using System.Buffers.Binary;

namespace KCallbacks.Detection.Windows;

/// <summary>A system call stub, read from the code before the address to which its system call returns.</summary>
/// <param name="Size">Bytes from the stub's start to that address.</param>
/// <param name="Number">Number of the service; WoW64's own upper half is cut off.</param>
/// <param name="Form">How the stub is written.</param>
/// <remarks>
/// Only stubs as a whole count, so that no chance bytes do. Forms of x64 as read from ntdll 6.1.7600 to 10.0.26100; those of WoW64 as
/// read from ntdll 6.1 to 10.0.19041; those of 32-bit Windows from sourceforge.net/p/valgrind4win/wiki/SystemCalls and
/// reverseengineering.stackexchange.com/questions/24758.
/// </remarks>
internal readonly record struct StubCode(uint Size, uint Number, StubForm Form)
{
    /// <summary>No stub has more code before the address to which its system call returns.</summary>
    public const int Longest = 0x18;

    /// <summary>Bytes after a system call that tell Wine's stubs from those of Windows.</summary>
    public const int WineTail = 8;

    /// <summary>Whether the form came with Windows 10, on which the kernel's numbers do not differ.</summary>
    public bool IsWindows10 => Form is StubForm.X64WithInterrupt or StubForm.Wow64Windows10;

    /// <summary>Reads the stub of a 64-bit process; null when the code is none.</summary>
    /// <param name="code">The <see cref="Longest"/> bytes before the address.</param>
    public static StubCode? ReadX64(ReadOnlySpan<byte> code) => code switch
    {
        // mov r10,rcx; mov eax,number; syscall
        [.., 0x4c, 0x8b, 0xd1, 0xb8, _, _, _, _, 0x0f, 0x05] => Of(code, 0xa, 4, StubForm.X64Short),

        // mov r10,rcx; mov eax,number; test byte [7ffe0308h],1; jne +3; syscall (; ret; int 2Eh)
        [.., 0x4c, 0x8b, 0xd1, 0xb8, _, _, _, _, 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05] =>
            Of(code, 0x14, 4, StubForm.X64WithInterrupt),
        [.., 0x4c, 0x8b, 0xd1, 0xb8, _, _, _, _, 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3, 0xcd, 0x2e] =>
            Of(code, 0x17, 4, StubForm.X64WithInterrupt),
        _ => null,
    };

    /// <summary>
    /// Whether the code after a system call is that of Wine's stubs, whose numbers are Wine's own: its other way out is
    /// <c>call [7ffe1000h]</c>, where Windows has <c>int 2Eh</c> (read from ntdll of Wine 8.0).
    /// </summary>
    /// <param name="code">The <see cref="WineTail"/> bytes after the system call.</param>
    public static bool IsWine(ReadOnlySpan<byte> code) => code is [0xc3, 0xeb, 0x01, 0xc3, 0xff, 0x14, 0x25, ..];

    /// <summary>Reads the stub of a 32-bit process on 64-bit Windows; null when the code is none.</summary>
    /// <param name="code">The <see cref="Longest"/> bytes before the address.</param>
    public static StubCode? ReadWow64(ReadOnlySpan<byte> code) => code switch
    {
        // mov eax,number; mov edx,Wow64SystemServiceCall; call edx
        [.., 0xb8, _, _, _, _, 0xba, _, _, _, _, 0xff, 0xd2] => Of(code, 0xc, 1, StubForm.Wow64Windows10),

        // mov eax,number; (xor ecx,ecx; lea edx,[esp+4];) call fs:[0c0h] (; add esp,4)
        [.., 0xb8, _, _, _, _, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0] => Of(code, 0xc, 1, StubForm.Wow64),
        [.., 0xb8, _, _, _, _, 0x33, 0xc9, 0x8d, 0x54, 0x24, 0x04, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0] => Of(code, 0x12, 1, StubForm.Wow64),
        [.., 0xb8, _, _, _, _, 0x33, 0xc9, 0x8d, 0x54, 0x24, 0x04, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0, 0x83, 0xc4, 0x04] => Of(code, 0x15, 1, StubForm.Wow64),
        _ => null,
    };

    /// <summary>Whether the code is the end of <c>KiFastSystemCall</c>, which returns into a stub of 32-bit Windows: <c>mov edx,esp; sysenter</c>.</summary>
    /// <param name="code">The bytes before the address.</param>
    public static bool IsFastCall(ReadOnlySpan<byte> code) => code is [.., 0x8b, 0xd4, 0x0f, 0x34];

    /// <summary>Reads the stub of 32-bit Windows; null when the code is none.</summary>
    /// <param name="code">The <see cref="Longest"/> bytes before the address to which <c>KiFastSystemCall</c> returns.</param>
    public static StubCode? ReadX86(ReadOnlySpan<byte> code) => code switch
    {
        // mov eax,number; mov edx,7ffe0300h; call (dword ptr [)edx(])
        [.., 0xb8, _, _, _, _, 0xba, 0x00, 0x03, 0xfe, 0x7f, 0xff, 0x12 or 0xd2] => Of(code, 0xc, 1, StubForm.X86),

        // Windows 8 and later: mov eax,number; call +3, over the stub's own ret
        [.., 0xb8, _, _, _, _, 0xe8, 0x03, 0, 0, 0] => Of(code, 0xa, 1, StubForm.X86),
        _ => null,
    };

    /// <summary>Reads the stub of ARM64: <c>svc #number; ret</c>; null when the code is none.</summary>
    /// <param name="code">The 4 bytes before the address, and the 4 after it.</param>
    public static StubCode? ReadArm64(ReadOnlySpan<byte> code)
    {
        const uint supervisorCall = 0xd400_0001, numberMask = 0x001f_ffe0, ret = 0xd65f_03c0;
        uint call = BinaryPrimitives.ReadUInt32LittleEndian(code);
        return (call & ~numberMask) == supervisorCall && BinaryPrimitives.ReadUInt32LittleEndian(code[sizeof(uint)..]) == ret
            ? new StubCode(sizeof(uint), (call & numberMask) >> 5, StubForm.Arm64)
            : null;
    }

    private static StubCode Of(ReadOnlySpan<byte> code, int size, int numberOffset, StubForm form)
    {
        uint number = BinaryPrimitives.ReadUInt32LittleEndian(code[(code.Length - size + numberOffset)..]);
        return new StubCode((uint)size, form is StubForm.Wow64 or StubForm.Wow64Windows10 ? number & ushort.MaxValue : number, form);
    }
}

/// <summary>The forms of system call stubs.</summary>
internal enum StubForm
{
    /// <summary>x64 up to 10240.</summary>
    X64Short,

    /// <summary>x64 from 10586 on, with <c>int 2Eh</c> as the other way into the kernel.</summary>
    X64WithInterrupt,

    /// <summary>A 32-bit process on 64-bit Windows 7 to 8.1.</summary>
    Wow64,

    /// <summary>A 32-bit process on 64-bit Windows 10 and later.</summary>
    Wow64Windows10,

    /// <summary>32-bit Windows.</summary>
    X86,

    /// <summary>ARM64.</summary>
    Arm64,
}
