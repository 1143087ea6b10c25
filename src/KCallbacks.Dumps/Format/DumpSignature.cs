namespace KCallbacks.Dumps.Format;

/// <summary>What a file is by its first bytes.</summary>
public enum DumpKind
{
    /// <summary>No dump.</summary>
    None,

    /// <summary>A minidump of a process, small or full.</summary>
    Minidump,

    /// <summary>A dump of the kernel, which only the debug engine can read.</summary>
    Kernel,
}

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
