using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Signatures;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Triage.Rows;

/// <summary>Makes rows of reports.</summary>
public static class ReportRow
{
    /// <summary>Lists of a row longer than this are cut: rows of a million dumps are read at once, and the dump has the rest.</summary>
    private const int Most = 8;

    /// <summary>Characters of a name in a row.</summary>
    private const int LongestName = 200;

    private const string ErrorMark = "error: ";

    /// <summary>Adds to a row what a report says of its input.</summary>
    /// <param name="row">The row, with path, size and time.</param>
    /// <param name="report">The report.</param>
    public static TriageRow Fill(TriageRow row, Report report)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(report);
        HangResult result = report.Conclude();
        ReportSummary summary = report.Summary;
        var signature = HangSignature.Of(result);
        return WithCapture(row, report.Capture) with
        {
            Outcome = report.Complete ? TriageOutcome.Ok : summary.Threads > 0 ? TriageOutcome.Partial : TriageOutcome.Unreadable,
            Problem = report.Complete ? null : report.Warnings is [var first, ..] ? Cut(WithoutPath(first, report)) : "threads are missing",
            Kind = DisplayText.Of(report.Source.Kind),
            Architecture = DisplayText.Of(report.Source.Architecture),
            State = DisplayText.Of(result.State),
            Proof = DisplayText.Of(result.Proof),
            Threads = summary.Threads,
            AtReturn = summary.AtReturn,
            InCallback = summary.InCallback,
            Unknown = summary.Unknown,
            MaxDepth = summary.MaxDepth,
            Bucket = signature?.Bucket,
            Family = signature?.Family,
            Signature = signature?.Text,
            Hung = signature is not null && result.Of(signature.Position) is { } hung ? Of(hung) : null,
            Others = [.. OthersOf(result, signature).Take(Most)],
            Heads = [.. (result.Waits?.Heads ?? []).Take(Most).Select(Of)],
            Cycles = [.. (result.Waits?.Deadlocks ?? []).Take(Most).Select(PositionsOf)],
        };
    }

    /// <summary>A text that a row has room for.</summary>
    public static string? Cut(string? text) => text is null ? null : Fold.Long(text.ReplaceLineEndings(" "), LongestName);

    /// <summary>The row has the path already.</summary>
    private static string WithoutPath(string warning, Report report)
    {
        string path = $"{report.Source.Path}: ";
        string text = warning.StartsWith(path, StringComparison.Ordinal) ? warning[path.Length..] : warning;
        return text.StartsWith(ErrorMark, StringComparison.Ordinal) ? text[ErrorMark.Length..] : text;
    }

    private static TriageRow WithCapture(TriageRow row, Capture? capture) => capture is null ? row : row with
    {
        Program = Cut(capture.Program),
        Version = capture.Modules is [var program, ..] ? program.Version : null,
        ProcessId = capture.ProcessId,
        Windows = capture.Windows,
        Machine = Cut(capture.Machine),
        Made = capture.Made?.UtcDateTime,
    };

    /// <summary>The signatures of the other threads in a callback, in the order of the threads.</summary>
    private static IEnumerable<string> OthersOf(HangResult result, HangSignature? hung) => result.Threads
        .Where(thread => thread.Finding.Depth > 0 && thread.Position != hung?.Position)
        .Select(thread => HangSignature.Of(thread).Text)
        .Distinct();

    private static RowThread Of(HangThread thread)
    {
        ThreadFinding finding = thread.Finding;
        Callback? innermost = finding.Callbacks is [var first, ..] ? first : null;
        string? message = innermost is null ? null : DisplayText.OfDelivered(innermost);
        return new(finding.Thread.Position, finding.Thread.SystemId, finding.Depth, message is "" ? null : message, Cut(innermost?.Handler), Cut(thread.StandsIn));
    }

    private static RowHead Of(WaitHead head) => new(head.Thread.Position, head.Thread.SystemId, head.Behind.Length, DisplayText.Of(head.Proof));

    private static ImmutableArray<int> PositionsOf(Deadlock deadlock) => [.. deadlock.Cycle.Take(Most).Select(edge => edge.From)];
}
