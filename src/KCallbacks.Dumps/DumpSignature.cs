namespace KCallbacks.Dumps;

/// <summary>Recognises dumps by content, whatever the file is called.</summary>
public static class DumpSignature
{
    /// <summary>Bytes needed to tell.</summary>
    public const int Length = 8;

    /// <summary>The kind of a file that begins with these bytes.</summary>
    public static DumpKind KindOf(ReadOnlySpan<byte> start) =>
        start.StartsWith("MDMP"u8) ? DumpKind.Minidump
        : start.StartsWith("PAGEDU64"u8) || start.StartsWith("PAGEDUMP"u8) ? DumpKind.Kernel
        : DumpKind.None;
}
