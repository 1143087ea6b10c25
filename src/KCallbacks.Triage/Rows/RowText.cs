using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KCallbacks.Triage.Rows;

/// <summary>A row as a line of a store: one JSON object in ASCII, without the line's end.</summary>
public static class RowText
{
    private const string ReportMember = ",\"report\":";

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="report">The whole object of <c>analyze --jsonl</c>, which becomes the member <c>report</c>; null for none.</param>
    public static string Write(TriageRow row, string? report = null)
    {
        string text = JsonSerializer.Serialize(row, RowJsonContext.Default.TriageRow);
        return report is null ? text : $"{text.AsSpan(0, text.Length - 1)}{ReportMember}{report}}}";
    }

    /// <summary>Reads a row; a member <c>report</c> and members of later versions are skipped.</summary>
    /// <returns>False when the line is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out TriageRow? row) => TryRead(line, RowJsonContext.Default.TriageRow, out row);

    /// <summary>Reads of a row which input it is of.</summary>
    /// <returns>False when the line is none.</returns>
    internal static bool TryReadMark(ReadOnlySpan<byte> line, [NotNullWhen(true)] out RowMark? mark) => TryRead(line, RowJsonContext.Default.RowMark, out mark);

    private static bool TryRead<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> shape, [NotNullWhen(true)] out T? row)
        where T : class
    {
        try
        {
            row = JsonSerializer.Deserialize(line, shape);
            return row is not null;
        }
        catch (JsonException)
        {
            row = null;
            return false;
        }
    }
}
