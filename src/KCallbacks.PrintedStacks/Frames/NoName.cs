namespace KCallbacks.PrintedStacks.Frames;

/// <summary>What tools print where a function has no name.</summary>
internal static class NoName
{
    public static bool Is(ReadOnlySpan<byte> name) =>
        name.IsEmpty
        || name.SequenceEqual("??"u8)
        || name.SequenceEqual("???"u8)
        || name.SequenceEqual("UnknownFunction"u8)
        || name.SequenceEqual("<unknown>"u8)
        || name.SequenceEqual("unknown"u8)
        || name.SequenceEqual("<name omitted>"u8)
        || name.StartsWith("(unknown)"u8)
        || name.StartsWith("(function-name not available)"u8)
        || name.StartsWith("___lldb_unnamed_symbol"u8);
}
