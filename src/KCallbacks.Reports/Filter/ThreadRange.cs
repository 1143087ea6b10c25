using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Filter;

/// <summary>Threads named on the command line.</summary>
/// <param name="First">First number.</param>
/// <param name="Last">Last number, the same as <paramref name="First"/> for a single thread.</param>
/// <param name="IsSystemId">True for the operating system's ids, false for the debugger's numbers.</param>
public sealed record ThreadRange(uint First, uint Last, bool IsSystemId)
{
    private const string SystemIdOpening = "~~[";
    private const string SystemIdClosing = "]";

    /// <summary>Address of the ETHREAD; null unless it was named by that.</summary>
    public ulong? Address { get; init; }

    /// <summary>The process of the thread; null unless it was named with it.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>Whether a thread is among them. A source without debugger's numbers counts by position, a kernel debugger by thread ids.</summary>
    public bool Contains(ThreadIdentity thread)
    {
        if (Address is { } address)
            return thread.Address == address;
        if (ProcessId is { } process && thread.Process is { Id: { } owner } && owner != process)
            return false;
        if (!IsSystemId && First == Last && thread is { Address: not null, SystemId: { } system } && system == AsHexadecimal(First))
            return true;
        uint? id = IsSystemId ? thread.SystemId : thread.EngineId ?? (uint)thread.Position;
        return id >= First && id <= Last;
    }

    /// <summary>As it can be written: <c>3-7</c>, <c>0x1a2c</c>.</summary>
    public override string ToString() => Address is { } address ? string.Create(CultureInfo.InvariantCulture, $"0x{address:x16}") : First == Last ? Text(First) : $"{Text(First)}-{Text(Last)}";

    /// <summary>
    /// Reads <c>0,3-7,0x1a2c,~~[1a2c]</c>: decimal numbers are the debugger's; <c>0x1a2c</c>, <c>~~[1a2c]</c>, <c>1a2c</c> and <c>9400.1a2c</c>
    /// are the system's ids, longer numbers addresses of ETHREADs. So whatever names a thread on the screen names it here.
    /// </summary>
    /// <exception cref="FormatException">The list is malformed; the message names the item that is wrong.</exception>
    public static ImmutableArray<ThreadRange> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(item => Parse(item) ?? throw new FormatException(
            $"'{item}' is no thread; write 0,3-7 for the debugger's numbers, 0x1a2c or ~~[1a2c] for system ids"))];
    }

    /// <summary>Whether a text is a list of threads.</summary>
    public static bool IsList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(',', StringSplitOptions.TrimEntries).All(item => Parse(item) is not null);
    }

    private string Text(uint id) => string.Create(CultureInfo.InvariantCulture, $"{(IsSystemId ? $"0x{id:x}" : id)}");

    private static ThreadRange? Parse(string item)
    {
        if (ParseAddress(item) is { } address)
            return new ThreadRange(0, 0, IsSystemId: true) { Address = address };
        if (item.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
            return Hexadecimal(item[..dot]) is { } process && Hexadecimal(item[(dot + 1)..]) is { } thread ? new ThreadRange(thread, thread, IsSystemId: true) { ProcessId = process } : null;
        int dash = item.IndexOf('-', StringComparison.Ordinal);
        if (ParseId(dash < 0 ? item : item[..dash]) is not { } first)
            return null;
        if (dash < 0)
            return new ThreadRange(first.Id, first.Id, first.IsSystemId);

        return ParseId(item[(dash + 1)..]) is { } last && first.IsSystemId == last.IsSystemId && first.Id <= last.Id
            ? new ThreadRange(first.Id, last.Id, first.IsSystemId)
            : null;
    }

    private static (uint Id, bool IsSystemId)? ParseId(string id)
    {
        string? hex = id.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? id[2..]
            : id.StartsWith(SystemIdOpening, StringComparison.Ordinal) && id.EndsWith(SystemIdClosing, StringComparison.Ordinal)
                ? id[SystemIdOpening.Length..^SystemIdClosing.Length]
                : null;

        if (hex is not null)
            return Hexadecimal(hex) is { } systemId ? (systemId, true) : null;
        return uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? (number, false)
            : id.Length is >= 3 and <= 8 && Hexadecimal(id) is { } word ? (word, true)
            : null;
    }

    /// <summary>An address of the kernel, with or without <c>0x</c> and the mark between its halves.</summary>
    private static ulong? ParseAddress(string item)
    {
        string digits = (item.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? item[2..] : item).Replace("`", "", StringComparison.Ordinal);
        return digits.Length > 8 && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address) ? address : null;
    }

    private static uint? Hexadecimal(string digits) =>
        uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;

    private static uint AsHexadecimal(uint number) =>
        uint.TryParse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : number;
}
