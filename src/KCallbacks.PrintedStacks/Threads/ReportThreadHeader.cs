using System.Buffers.Text;
using System.Text;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// How crash reports introduce a thread in their own words: <c>Thread 0 - System ID 4664</c> (DebugDiag),
/// <c>Call Stack for Thread 11512:</c> (Unity).
/// </summary>
internal static class ReportThreadHeader
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> unity = "Call Stack for Thread "u8;
        if (line.StartsWith(unity))
            return ReadId(line[unity.Length..], printed: default);

        ReadOnlySpan<byte> thread = "Thread "u8;
        int id = line.IndexOf(" - System ID "u8);
        return line.StartsWith(thread) && id > thread.Length ? ReadId(line[(id + " - System ID ".Length)..], line[thread.Length..id]) : null;
    }

    private static ThreadHeader? ReadId(ReadOnlySpan<byte> text, ReadOnlySpan<byte> printed) =>
        Utf8Parser.TryParse(text, out uint id, out int digits)
            ? new ThreadHeader { Printed = Encoding.UTF8.GetString(printed.IsEmpty ? text[..digits] : printed), SystemId = id }
            : null;
}
