using System.Collections.Immutable;
using System.Text;

namespace KCallbacks.Reports.Markup;

/// <summary>Lines in the debugger markup language: the same text with colours and links.</summary>
public static class Dml
{
    /// <summary>
    /// The line as DML. A line whose markup would exceed <see cref="Line.EngineLimit"/> loses its colours and links, then
    /// its middle, because the engine would cut a tag in two.
    /// </summary>
    public static string Render(Line line)
    {
        string full = Join(line.Runs, Markup).TrimEnd();
        if (full.Length < Line.EngineLimit)
            return full;

        // The longest escape, &quot;, is six characters.
        string plain = PlainText.Render(line);
        string escaped = Escape(plain);
        return escaped.Length < Line.EngineLimit ? escaped : Escape(Fold.Long(plain, (Line.EngineLimit - 1) / 6));
    }

    private static string Join(ImmutableArray<Run> runs, Func<Run, string> render)
    {
        var text = new StringBuilder();
        foreach (Run run in runs)
            text.Append(render(run));
        return text.ToString();
    }

    private static string Markup(Run run)
    {
        string text = Escape(run.Text);
        text = run.Emphasis switch
        {
            Emphasis.Strong => $"<b>{text}</b>",
            Emphasis.Warning => $"<col fg=\"warnfg\">{text}</col>",
            Emphasis.Subdued => $"<col fg=\"subfg\">{text}</col>",
            _ => text,
        };
        return run.Link is { } link ? $"<link cmd=\"{Escape(link.Command)}\">{text}</link>" : text;
    }

    private static string Escape(string text) => text.AsSpan().IndexOfAny("<>&\"") < 0
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);
}
