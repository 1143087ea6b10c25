using System.Globalization;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Buckets;

/// <summary>The command that opens a hang.</summary>
internal static class ExampleCommand
{
    private const string Archive = ".zip/";

    /// <summary>The hang with its command; an archive is opened as a whole.</summary>
    public static BucketExample Of(TriageRow row)
    {
        int archive = row.Path.LastIndexOf(Archive, StringComparison.OrdinalIgnoreCase);
        string file = archive < 0 ? row.Path : row.Path[..(archive + Archive.Length - 1)];
        string thread = archive < 0 && row.Hung is { } hung ? string.Create(CultureInfo.InvariantCulture, $" -v -t {hung.Position}") : "";
        return new(row.Path, row.Hung?.Position, $"kcallbacks analyze {Quoted(file)}{thread}");
    }

    /// <summary>As a shell takes it for one word, whatever the name holds: in single quotes, on Windows, whose names hold no quotes, in double ones.</summary>
    private static string Quoted(string path)
    {
        if (path.All(c => char.IsAsciiLetterOrDigit(c) || "/\\:._-+=,@".Contains(c, StringComparison.Ordinal)) && !path.StartsWith('-'))
            return path;
        return path.StartsWith('/') ? $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'" : $"\"{path.Replace("\"", "", StringComparison.Ordinal)}\"";
    }
}
