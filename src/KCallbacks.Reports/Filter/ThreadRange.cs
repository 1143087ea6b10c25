using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Filter;

/// <summary>Threads named on the command line.</summary>
/// <param name="First">First number.</param>
/// <param name="Last">Last number, the same as <paramref name="First"/> for a single thread.</param>
/// <param name="IsSystemId">True for the operating system's ids, false for the debugger's numbers.</param>
public readonly record struct ThreadRange(uint First, uint Last, bool IsSystemId)
{
    private const string SystemIdOpening = "~~[";
    private const string SystemIdClosing = "]";

    /// <summary>Whether a thread is among them. A source without debugger's numbers counts by position.</summary>
    public bool Contains(ThreadIdentity thread)
    {
        uint? id = IsSystemId ? thread.SystemId : thread.EngineId ?? (uint)thread.Position;
        return id >= First && id <= Last;
    }

    /// <summary>As it can be written: <c>3-7</c>, <c>0x1a2c</c>.</summary>
    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}-{Text(Last)}";

    /// <summary>
    /// Reads <c>0,3-7,0x1a2c,~~[1a2c]</c>: decimal numbers are the debugger's, <c>0x</c> and <c>~~[...]</c> the system's ids.
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

        return hex is not null && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint systemId) ? (systemId, true)
            : uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? (number, false)
            : null;
    }
}
