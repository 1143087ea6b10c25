using System.Buffers;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Classes of bytes as they matter in printed stacks.</summary>
internal static class Letters
{
    /// <summary>All hexadecimal digits.</summary>
    public static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t';

    public static bool IsDigit(byte letter) => letter is >= (byte)'0' and <= (byte)'9';

    public static bool IsLetter(byte letter) => (letter | 0x20) is >= 'a' and <= 'z';

    /// <summary>Value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(byte letter) => HexDigitValues[letter];

    /// <summary>By byte; a table, because half the bytes of a stack are hexadecimal digits.</summary>
    private static ReadOnlySpan<sbyte> HexDigitValues =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ];

    /// <summary>The line without blanks, carriage returns and zeros at its end.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> line)
    {
        int length = line.Length;
        while (length > 0 && line[length - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or 0)
            length--;
        return line[..length];
    }

    /// <summary>Whether <paramref name="text"/> begins with <paramref name="start"/> whatever the case; <paramref name="start"/> is lower case.</summary>
    public static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && System.Text.Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
