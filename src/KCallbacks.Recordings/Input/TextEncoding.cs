using System.Text;

namespace KCallbacks.Recordings.Input;

/// <summary>Finds out how a text is encoded, and gives it as UTF-8. Debugger logs are UTF-8, the system's code page or UTF-16.</summary>
internal static class TextEncoding
{
    /// <summary>The text as a UTF-8 stream without byte order mark.</summary>
    public static Stream AsUtf8(PeekedStream stream)
    {
        ReadOnlySpan<byte> head = stream.Head;
        if (head.StartsWith(Encoding.UTF8.Preamble))
            stream.Skip(Encoding.UTF8.Preamble.Length);
        return FindUtf16(head) is { } utf16 ? SkipMark(stream, utf16) : stream;
    }

    /// <summary>Whether the bytes cannot be text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> head) => head.Contains((byte)0) && FindUtf16(head) is null;

    private static Stream SkipMark(PeekedStream stream, Encoding utf16)
    {
        if (stream.Head.StartsWith(utf16.Preamble))
            stream.Skip(utf16.Preamble.Length);
        return Encoding.CreateTranscodingStream(stream, utf16, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static Encoding? FindUtf16(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.Unicode.Preamble) || LooksLikeUtf16(head, zeroAt: 1))
            return Encoding.Unicode;
        return head.StartsWith(Encoding.BigEndianUnicode.Preamble) || LooksLikeUtf16(head, zeroAt: 0) ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>Without a mark: nearly every character is ASCII, so every other byte is zero.</summary>
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> head, int zeroAt)
    {
        int characters = head.Length / 2;
        int ascii = 0;
        for (int index = 0; index < characters; index++)
        {
            if (head[(2 * index) + zeroAt] == 0 && head[(2 * index) + 1 - zeroAt] is >= 9 and < 127)
                ascii++;
        }

        return characters >= 4 && ascii >= characters * 9 / 10;
    }
}
