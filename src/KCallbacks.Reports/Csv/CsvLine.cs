using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Csv;

/// <summary>Lines for spreadsheets (RFC 4180).</summary>
public static class CsvLine
{
    /// <summary>What a spreadsheet takes for a formula, which would be run: names come from programs that nobody trusts.</summary>
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>A line of cells.</summary>
    public static string Of(IEnumerable<string> cells) => string.Join(',', cells.Select(cell =>
        cell.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell));

    /// <summary>A cell with text from a source, as text to a spreadsheet as well.</summary>
    public static string Text(string? text)
    {
        string harmless = Printable.Of(text ?? "");
        return harmless.Length > 0 && FormulaStarts.Contains(harmless[0], StringComparison.Ordinal) ? "'" + harmless : harmless;
    }
}
