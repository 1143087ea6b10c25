namespace KCallbacks.Dumps.Format;

/// <summary>Recognises a minidump by content, whatever the file is called.</summary>
public static class DumpSignature
{
    /// <summary>Whether a file that begins with these bytes is a minidump of a process, small or full.</summary>
    public static bool IsMinidump(ReadOnlySpan<byte> start) => start.StartsWith("MDMP"u8);
}
