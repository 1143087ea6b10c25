using System.Buffers.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Lines that give a value a name: <c>LockCount          1</c>, <c>LockCount = 0x1</c>, <c>+0x004 LockCount : 0n-6</c>.</summary>
internal static class Field
{
    /// <summary>Whether the line gives the value of <paramref name="name"/>; <paramref name="value"/> may be empty.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(name))
            return false;
        ReadOnlySpan<byte> rest = line[name.Length..];
        if (!rest.IsEmpty && !Letters.IsBlank(rest[0]) && rest[0] is not ((byte)'=' or (byte)':'))
            return false;
        rest = rest.TrimStart(" \t"u8);
        if (!rest.IsEmpty && rest[0] is (byte)'=' or (byte)':')
            rest = rest[1..].TrimStart(" \t"u8);
        value = rest;
        return true;
    }

    /// <summary>The line without the offset that <c>dt</c> prints before a field.</summary>
    public static ReadOnlySpan<byte> WithoutOffset(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("+0x"u8))
            return line;
        var rest = new LineCursor(line) { Position = 1 };
        return rest.TryTakeHex(out _) && rest.AtGap ? rest.Rest.TrimStart(" \t"u8) : line;
    }

    /// <summary>A hexadecimal number with which the value begins; null when it does not.</summary>
    public static ulong? Hex(ReadOnlySpan<byte> value)
    {
        var line = new LineCursor(value);
        return line.TryTakeHex(out HexNumber number) && (line.AtGap || !Letters.IsLetter(line.Next)) ? number.Value : null;
    }

    /// <summary>A decimal number with which the value begins; null when it does not.</summary>
    public static uint? Decimal(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out uint number, out int length) && (length == value.Length || !Letters.IsLetter(value[length])) ? number : null;

    /// <summary><c>1a2c.2f4c</c>: a process and one of its threads; null when the value is something else.</summary>
    public static (uint Process, uint Thread)? ClientId(ReadOnlySpan<byte> value)
    {
        var line = new LineCursor(value);
        return line.TryTakeHex(out HexNumber process) && line.TryTake((byte)'.') && line.TryTakeHex(out HexNumber thread)
            && line.AtGap && process.Value <= uint.MaxValue && thread.Value <= uint.MaxValue
            ? ((uint)process.Value, (uint)thread.Value)
            : null;
    }
}
