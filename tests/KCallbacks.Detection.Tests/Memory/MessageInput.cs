using System.Runtime.InteropServices;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>The input data of fnDWORD: window, message, parameters, window procedure, the function that calls it.</summary>
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
}
