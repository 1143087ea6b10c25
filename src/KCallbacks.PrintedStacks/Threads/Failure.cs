using System.Text;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>What debuggers print where a stack should be.</summary>
internal static class Failure
{
    /// <summary>The debugger's words when the line says why there is no stack; null otherwise.</summary>
    public static string? Read(ReadOnlySpan<byte> line)
    {
        bool failed = line.IndexOf("tack paged out"u8) >= 0
            || line.IndexOf("tack not resident"u8) >= 0
            || line.IndexOf("Unable to get "u8) >= 0
            || line.IndexOf("Unable to read "u8) >= 0
            || line.IndexOf("Unable to switch "u8) >= 0
            || line.IndexOf("Can't retrieve thread context"u8) >= 0
            || line.IndexOf("Could not get thread context"u8) >= 0
            || line.IndexOf("GetContextState failed"u8) >= 0
            || line.IndexOf("GetThreadContext failed"u8) >= 0
            || line.IndexOf("context is unavailable"u8) >= 0;
        return failed ? Encoding.UTF8.GetString(line.Trim(" \t.*"u8)) : null;
    }
}
