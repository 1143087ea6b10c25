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
internal sealed class Lane
{
    private readonly HangThread _thread;
    private readonly ThreadRow _row;

    /// <summary>The lane of a thread.</summary>
    public Lane(HangThread thread, ReportView view)
    {
        _thread = thread;
        _row = ThreadRow.Of(thread, view.Result, view.Report.Source);
        Way = WayOf([.. Steps()]);
        State = $", depth {HtmlText.Of(_row.Depth)}, {HtmlText.Of(Doing())} <span class=\"subdued\">{HtmlText.Of(DisplayText.Of(thread.Finding.Confidence))} confidence</span>";
    }

    /// <summary>The name by which a lane is linked to.</summary>
    public static string IdOf(HangThread thread) => FormattableString.Invariant($"t{thread.Position}");

    /// <summary>The two rows, which are the same for threads that came the same way.</summary>
    public string Way { get; }

    /// <summary>What it does and how sure that is.</summary>
    public string State { get; }

    /// <summary>The thread's name.</summary>
    public string Title => $"<b>{HtmlText.Of($"thread {ThreadName.Of(_thread.Finding.Thread)}{(_row.SystemId.Text is { Length: > 0 } id ? $" ({id})" : "")}")}</b>";

    /// <summary>The debugger's commands that show the thread, to be copied.</summary>
    public string Commands
    {
        get
        {
            if (_thread.Finding.Thread.SystemId is not { } id)
                return "";
            string[] commands = [FormattableString.Invariant($"~~[{id:x}]s;kn"), FormattableString.Invariant($"!kcallbacks -v -t ~~[{id:x}]")];
            return string.Join(' ', commands.Select(command => $"<button type=\"button\" data-copy=\"{HtmlText.Of(command)}\" title=\"copy\">{HtmlText.Of(command)}</button>"));
        }
    }

    private static string WayOf((string Text, string Kind)[] steps)
    {
        IEnumerable<string> user = steps.Select(step => step.Kind == "user" ? $"<td class=\"user\">{HtmlText.Of(step.Text)}</td>" : "<td></td>");
        IEnumerable<string> kernel = steps.Select(step => step.Kind == "user" ? "<td></td>" : $"<td class=\"{step.Kind}\">{HtmlText.Of(step.Text)}</td>");
        return $"<table><tr><th scope=\"row\">user</th>{string.Concat(user)}</tr><tr><th scope=\"row\">kernel</th>{string.Concat(kernel)}</tr></table>";
    }

    private string Doing() => string.Join(' ', new[] { _row.WaitsFor.Text, _row.Owner.Text }.Where(text => text.Length > 0)) is { Length: > 0 } text ? text : DisplayText.Of(_thread.Finding.Verdict);

    private IEnumerable<(string Text, string Kind)> Steps()
    {
        ThreadFinding finding = _thread.Finding;
        yield return (finding.ProgramFunction ?? "program", "user");
        foreach (Callback callback in finding.Callbacks.Reverse())
        {
            yield return (callback.Entry is { } entry ? SymbolText.Of(entry) : "system call", "kernel");
            yield return ($"{CallbackPhrases.Of(callback).Text}{ThreadRow.MarkOf(callback.Confidence)}", "user");
        }

        yield return (Doing(), _thread.IsBlocked ? "wait" : _thread.Activity == ThreadActivity.Runs ? "user" : "kernel");
    }
}
