using KCallbacks.ReportModel;

namespace KCallbacks.DbgX.Sample;

/// <summary>A report in a few lines: what hangs, then each thread that is in a callback and what it waits for.</summary>
internal static class HangLines
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(CallbackReport report)
    {
        yield return $"{report.Result?.State}: {report.Result?.Text}";
        foreach (ReportedThread thread in report.Threads.Where(thread => thread.IsInCallback))
        {
            ReportedCallback innermost = thread.Callbacks[0];
            yield return $"  thread {thread.Id}: {innermost.Message?.Name ?? innermost.Routine} in {innermost.Handler ?? "code that is not known"}, waits for {WaitOf(thread)}";
        }
    }

    private static string WaitOf(ReportedThread thread) => thread.WaitsFor switch
    {
        [{ Owners: [{ Position: { } owner }, ..] } wait, ..] => $"{wait.Kind} {wait.Name} of thread {owner}",
        [var wait, ..] => $"{wait.Kind} {wait.Name}",
        [] => thread.BlockedIn ?? "nothing that is known",
    };
}
