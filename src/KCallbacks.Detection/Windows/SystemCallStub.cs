namespace KCallbacks.Detection.Windows;

/// <summary>The stubs of system calls: a few instructions, one stub behind the other.</summary>
internal static class SystemCallStub
{
    /// <summary>
    /// Bytes from a stub's start to the next one at most: x64 stubs have 0xb or 0x18 bytes, x86 ones up to 0x18. Further off, the name is
    /// another function's nearest export.
    /// </summary>
    public const ulong Reach = 0x20;
}
