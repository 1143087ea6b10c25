namespace KCallbacks.Detection.Windows;

/// <summary>The stubs of system calls: a few instructions each, laid out back to back.</summary>
internal static class SystemCallStub
{
    /// <summary>
    /// Bytes from a stub's start to the next one at most: x64 stubs have 0xb or 0x18 bytes, x86 ones up to 0x18 (read from 32 x64 and
    /// 14 x86 images of ntdll). Further off, the name is another function's nearest export.
    /// </summary>
    public const ulong Reach = 0x20;

    /// <summary>
    /// Return address of the call in an x64 stub before Windows 10: <c>mov r10,rcx; mov eax,N; syscall</c>. Exported stubs have the names of
    /// API functions there (<c>user32!DestroyWindow+0xa</c>).
    /// </summary>
    public const ulong ReturnOnX64 = 0xa;
}
