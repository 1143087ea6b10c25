using System.Text;

namespace KCallbacks.Reports.Markup;

/// <summary>Lines for a terminal with colours (ECMA-48). Without its colours the text says the same.</summary>
public static class AnsiText
{
    private const string Reset = "\u001b[0m";

    /// <summary>The line with what stands out in colour, without blanks at its end.</summary>
    public static string Render(Line line)
    {
        string plain = PlainText.Render(line);
        var text = new StringBuilder(plain.Length + 32);
        int written = 0;
        foreach (Run run in line.Runs)
        {
            // The plain line may have been cut, and lost blanks at its end.
            string piece = plain.Substring(written, Math.Min(run.Text.Length, plain.Length - written));
            written += piece.Length;
            text.Append(StartOf(run.Emphasis) is { } start && piece.Length > 0 ? start + piece + Reset : piece);
        }

        return text.Append(plain, written, plain.Length - written).ToString();
    }

    private static string? StartOf(Emphasis emphasis) => emphasis switch
    {
        Emphasis.Strong => "\u001b[1m",
        Emphasis.Warning => "\u001b[33m",
        Emphasis.Subdued => "\u001b[2m",
        _ => null,
    };
}
