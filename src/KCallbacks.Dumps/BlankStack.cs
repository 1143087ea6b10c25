using KCallbacks.Detection.Model;

namespace KCallbacks.Dumps;

/// <summary>
/// Stacks that a dump holds as zeros: a dump that was not written or copied to its end often has its full length. Where a thread
/// begins and where it stands, its stack holds return addresses and saved registers, never a stretch of zeros alone.
/// </summary>
internal static class BlankStack
{
    /// <summary>The first functions of a thread leave return addresses in the outermost 0x48 bytes of an x64 stack, on x86 in fewer.</summary>
    private const int Start = 0x100;

    /// <summary>More than the blank locals of a function that waits.</summary>
    private const int Top = 0x1000;

    /// <summary>What is blank, in one sentence without a full stop; null when nothing is.</summary>
    public static string? Find(StackMemory memory)
    {
        ReadOnlySpan<byte> bytes = memory.Bytes.Span;
        if (IsBlank(bytes[..Math.Min(Top, bytes.Length)]))
            return "the dump holds only zeros where the thread stands on its stack";
        return memory.IsComplete && IsBlank(bytes[Math.Max(0, bytes.Length - Start)..])
            ? "the dump holds only zeros where the thread's stack begins"
            : null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);
}
