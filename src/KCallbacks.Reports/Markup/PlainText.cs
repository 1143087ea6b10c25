using System.Text;

namespace KCallbacks.Reports.Markup;

/// <summary>Lines as text without any markup.</summary>
public static class PlainText
{
    /// <summary>The line's text, without blanks at its end; never longer than <see cref="Line.EngineLimit"/> allows.</summary>
    public static string Render(Line line)
    {
        var text = new StringBuilder();
        foreach (Run run in line.Runs)
            text.Append(run.Text);

        return Fold.Long(text.ToString().TrimEnd(), Line.EngineLimit - 1);
    }
}
