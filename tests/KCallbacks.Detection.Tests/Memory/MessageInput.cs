using System.Runtime.InteropServices;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>The input data of callbacks that deliver a message; on Windows fnDWORD: window, message, parameters, window procedure, its caller.</summary>
public static class MessageInput
{
    private const ulong Window = 0x0234_5670;
    private const ulong Caller = WindowsX64.Ntdll + 0x8_0000;

    public static byte[] X64(uint message, ulong wParam, ulong lParam, ulong procedure) =>
        MemoryMarshal.AsBytes<ulong>([Window, message, wParam, lParam, procedure, Caller]).ToArray();

    public static byte[] X86(uint message, uint wParam, uint lParam, uint procedure) =>
        MemoryMarshal.AsBytes<uint>([(uint)Window, message, wParam, lParam, procedure, WindowsX86.Ntdll + 0x8_0000]).ToArray();

    public static byte[] Wow64(uint message, uint wParam, uint lParam, uint procedure) =>
        MemoryMarshal.AsBytes<uint>([(uint)Window, 0, message, wParam, lParam, procedure, WindowsX86.Ntdll + 0x8_0000, 0]).ToArray();

    /// <summary>Wine 8.0's input has the procedure first and eleven words in all.</summary>
    public static byte[] Wine(uint message, ulong wParam, ulong lParam, ulong procedure) =>
        MemoryMarshal.AsBytes<ulong>([procedure, Window, message, wParam, lParam, 0, 0, 0, procedure, procedure, 0]).ToArray();
}
