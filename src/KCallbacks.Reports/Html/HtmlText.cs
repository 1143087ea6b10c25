using System.Text;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Html;

/// <summary>Text on its way into a page: whatever a name holds, it stays text.</summary>
public static class HtmlText
{
    /// <summary>The text for content and for attributes in double quotes.</summary>
    public static string Of(string text)
    {
        var html = new StringBuilder(text.Length + 16);
        foreach (char letter in Printable.Of(text))
        {
            _ = letter switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(letter),
            };
        }

        return html.ToString();
    }

    /// <summary>A line of a report, with what stands out marked.</summary>
    public static string Of(Line line) => string.Concat(line.Runs.Select(run => run.Emphasis switch
    {
        Emphasis.Strong => $"<b>{Of(run.Text)}</b>",
        Emphasis.Warning => $"<span class=\"warning\">{Of(run.Text)}</span>",
        Emphasis.Subdued => $"<span class=\"subdued\">{Of(run.Text)}</span>",
        _ => Of(run.Text),
    }));
}
