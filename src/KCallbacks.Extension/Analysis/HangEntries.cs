using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Signatures;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.Analysis;

/// <summary>What <c>!analyze</c> is told of a hang.</summary>
internal static class HangEntries
{
    /// <summary>More threads would push the analysis itself off the screen.</summary>
    private const int MostThreads = 8;

    /// <summary>More callbacks, likewise.</summary>
    private const int MostCallbacks = 16;

    /// <summary>The entries of a report.</summary>
    public static IEnumerable<AnalysisEntry> Of(Report report)
    {
        HangResult result = report.Conclude();
        yield return new(AnalysisTag.Result, $"{OneResult.Keyword(report, result)}: {OneResult.Sentence(report, result)}");
        if (HangSignature.Of(result) is { } signature)
            yield return new(AnalysisTag.Bucket, $"{signature.Bucket} {signature.Text}");
        HangThread[] threads = [.. ThreadsOf(result)];
        foreach (HangThread thread in threads)
            yield return new(AnalysisTag.Thread, $"{NameOf(thread.Finding)}: {OneLine.Of(thread.Finding)}");
        foreach (AnalysisEntry callback in CallbacksOf(threads.FirstOrDefault(thread => thread.Finding.Depth > 0)?.Finding))
            yield return callback;
        foreach (HangThread thread in threads.Where(thread => thread.Waits is not null))
            yield return new(AnalysisTag.Wait, $"{NameOf(thread.Finding)}: {OneLine.WaitOf(thread)} {OneLine.OwnerOf(thread, result, report.Source)}".TrimEnd());
        if (threads.Length > 0)
            yield return new(AnalysisTag.Command, CommandFor(threads.Select(thread => thread.Finding)));
    }

    /// <summary>The callbacks of a thread; none where there is none.</summary>
    public static IEnumerable<AnalysisEntry> CallbacksOf(ThreadFinding? finding) =>
        (finding?.Callbacks ?? []).Take(MostCallbacks).Select(callback => new AnalysisEntry(
            AnalysisTag.Callback, FormattableString.Invariant($"#{callback.Level?.ToString() ?? "?"} of {NameOf(finding!)}: {OneLine.Of(callback)}")));

    /// <summary>For example <c>thread 7 (1a4c)</c>.</summary>
    public static string NameOf(ThreadFinding finding) => FormattableString.Invariant($"thread {finding.Thread.EngineId} ({finding.Thread.SystemId:x})");

    /// <summary>What shows stacks and evidence of threads.</summary>
    public static string CommandFor(IEnumerable<ThreadFinding> findings) =>
        FormattableString.Invariant($"!kcallbacks -v -t {string.Join(',', findings.Select(finding => finding.Thread.EngineId))}");

    private static IEnumerable<HangThread> ThreadsOf(HangResult result) =>
        (result.Findings is [var worst, ..] ? worst.Threads : []).Take(MostThreads).Select(result.Of).OfType<HangThread>();
}
