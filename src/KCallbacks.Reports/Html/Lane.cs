using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Html;

/// <summary>
/// The lane of a thread: its way from the outermost code on the left into the kernel and back, callback by callback, to what it waits in. The
/// upper row is user mode, the lower one the kernel.
/// </summary>
internal sealed class Lane(HangThread thread, ReportView view)
{
    private readonly ThreadRow _row = ThreadRow.Of(thread, view.Result, view.Report.Source);

    /// <summary>The name by which a lane is linked to.</summary>
    public static string IdOf(HangThread thread) => FormattableString.Invariant($"t{thread.Position}");

    /// <summary>The lines of the page.</summary>
    /// <param name="withStack">Whether stack and evidence are folded into it.</param>
    public IEnumerable<string> Lines(bool withStack)
    {
        string title = $"thread {ThreadName.Of(thread.Finding.Thread)}{(_row.SystemId.Text is { Length: > 0 } id ? $" ({id})" : "")}";
        yield return $"<div class=\"lane\" id=\"{IdOf(thread)}\">";
        yield return "<table><tr><th scope=\"row\">user</th>";
        (string Text, string Kind)[] steps = [.. Steps()];
        foreach ((string text, string kind) in steps)
            yield return kind == "user" ? $"<td class=\"user\">{HtmlText.Of(text)}</td>" : "<td></td>";
        yield return "</tr><tr><th scope=\"row\">kernel</th>";
        foreach ((string text, string kind) in steps)
            yield return kind == "user" ? "<td></td>" : $"<td class=\"{kind}\">{HtmlText.Of(text)}</td>";
        yield return "</tr></table>";
        yield return $"<details><summary><b>{HtmlText.Of(title)}</b>, depth {HtmlText.Of(_row.Depth)}, {HtmlText.Of(Doing())} <span class=\"subdued\">{HtmlText.Of(DisplayText.Of(thread.Finding.Confidence))} confidence</span></summary>";
        yield return $"<p>{Commands()}</p>";
        yield return withStack ? $"<pre>{string.Join('\n', StackView.Lines(thread, view).Select(HtmlText.Of))}</pre>" : "<p class=\"subdued\">Stack and evidence: -v of the command line.</p>";
        yield return "</details></div>";
    }

    private string Doing() => string.Join(' ', new[] { _row.WaitsFor.Text, _row.Owner.Text }.Where(text => text.Length > 0)) is { Length: > 0 } text ? text : DisplayText.Of(thread.Finding.Verdict);

    private IEnumerable<(string Text, string Kind)> Steps()
    {
        ThreadFinding finding = thread.Finding;
        yield return (finding.ProgramFunction ?? "program", "user");
        foreach (Callback callback in finding.Callbacks.Reverse())
        {
            yield return (callback.Entry is { } entry ? SymbolText.Of(entry) : "system call", "kernel");
            yield return ($"{CallbackPhrases.Of(callback).Text}{ThreadRow.MarkOf(callback.Confidence)}", "user");
        }

        yield return (Doing(), thread.IsBlocked ? "wait" : thread.Activity == ThreadActivity.Runs ? "user" : "kernel");
    }

    private string Commands()
    {
        if (thread.Finding.Thread.SystemId is not { } id)
            return "";
        string[] commands = [FormattableString.Invariant($"~~[{id:x}]s;kn"), FormattableString.Invariant($"!kcallbacks -v -t ~~[{id:x}]")];
        return string.Join(' ', commands.Select(command => $"<button type=\"button\" data-copy=\"{HtmlText.Of(command)}\" title=\"copy\">{HtmlText.Of(command)}</button>"));
    }
}
