using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Json;

namespace KCallbacks.Reports.Csv;

/// <summary>
/// The report for spreadsheets (RFC 4180): one row per thread, one for a source without threads, so that every source has a row. The columns
/// are the facts of a thread and of its innermost callback, under their names in JSON.
/// </summary>
public static class CsvReport
{
    private const string InnermostCallback = "callback.";

    private static readonly ImmutableArray<Fact<ThreadFinding>> Thread = [.. ThreadFacts.All.Where(fact => IsOneValue(fact.Kind) && !fact.Path.StartsWith("kernel.", StringComparison.Ordinal))];

    private static readonly ImmutableArray<Fact<Callback>> Innermost = [.. CallbackFacts.All.Where(fact => IsOneValue(fact.Kind))];

    /// <summary>The names of the columns.</summary>
    public static string Header { get; } = CsvLine.Of([
        "source", "outcome", "error", .. Thread.Select(fact => fact.Path), .. Innermost.Select(fact => InnermostCallback + fact.Path)]);

    /// <summary>A row for each thread; one without a thread where there is none.</summary>
    public static IEnumerable<string> Rows(Report report, ImmutableArray<ThreadFinding> threads)
    {
        string[] source = [CsvLine.Text(report.Source.Path), JsonReport.OutcomeOf(report), CsvLine.Text(report.Error ?? string.Join("; ", report.Warnings))];
        return threads.IsEmpty
            ? [CsvLine.Of([.. source, .. Enumerable.Repeat("", Thread.Length + Innermost.Length)])]
            : threads.Select(thread => CsvLine.Of([.. source, .. ValuesOf(thread)]));
    }

    private static IEnumerable<string> ValuesOf(ThreadFinding thread)
    {
        IEnumerable<string> own = Thread.Select(fact => TextOf(fact.Kind, fact.Value(thread)));
        return own.Concat(Innermost.Select(fact => thread.Callbacks.IsDefaultOrEmpty ? "" : TextOf(fact.Kind, fact.Value(thread.Callbacks[0]))));
    }

    private static bool IsOneValue(FactKind kind) =>
        kind is FactKind.Words or FactKind.Name or FactKind.Number or FactKind.Id or FactKind.Address or FactKind.Flag;

    private static string TextOf(FactKind kind, object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        ulong address when kind == FactKind.Address => string.Create(CultureInfo.InvariantCulture, $"0x{address:x16}"),
        string text => CsvLine.Text(text),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
