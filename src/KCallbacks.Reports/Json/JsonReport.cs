using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Json;

/// <summary>The report for programs: one JSON object of schema 1 (docs/kcallbacks.schema.json).</summary>
public static class JsonReport
{
    /// <summary>How the warnings begin that repeat what witnesses contradict each other in.</summary>
    internal const string OfThread = "thread at position ";

    private const int SchemaVersion = 1;

    /// <summary>Breaks a thread that would be longer than a line may be.</summary>
    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = 1, NewLine = "\n" };

    /// <summary>
    /// The object over several lines, one per thread where it fits, each below <see cref="Line.EngineLimit"/>. Joined with or
    /// without line ends they are the same JSON.
    /// </summary>
    /// <param name="report">What was found.</param>
    /// <param name="threads">The threads to list; the summary counts these.</param>
    public static IEnumerable<string> Lines(Report report, ImmutableArray<ThreadFinding> threads) => Lines(report, threads, ReportSummary.Of(threads));

    private static IEnumerable<string> Lines(Report report, ImmutableArray<ThreadFinding> threads, ReportSummary counted)
    {
        string tool = JsonText.Of(WriteTool);
        string source = JsonText.Of(json => WriteSource(json, report.Source));
        yield return string.Create(CultureInfo.InvariantCulture, $$"""{"schema":{{SchemaVersion}},"tool":{{tool}},"source":{{source}},"threads":[""");

        HangResult result = report.Conclude();
        var objects = new ThreadJson(default);
        for (int i = 0; i < threads.Length; i++)
        {
            foreach (string line in ThreadLines(objects, threads[i], result.Of(threads[i].Thread.Position), isLast: i == threads.Length - 1))
                yield return line;
        }

        string summary = JsonText.Of(json => WriteSummary(json, counted));
        string left = report.Findings.Length > threads.Length ? string.Create(CultureInfo.InvariantCulture, $"\"leftOut\":{report.Findings.Length - threads.Length},") : "";
        yield return $$"""],"summary":{{summary}},{{left}}"complete":{{(report.Complete ? "true" : "false")}},"warnings":[""";

        string[] warnings = [.. WarningsOf(report, threads)];
        for (int i = 0; i < warnings.Length; i++)
            yield return TextOrNull(warnings[i]) + (i < warnings.Length - 1 ? "," : "");

        foreach (string line in HangLines(result, report))
            yield return line;
        yield return $$"""],"statistics":{{TextOrNull(report.Statistics)}},"error":{{TextOrNull(report.Error)}},"outcome":"{{OutcomeOf(report)}}"{{(report.Capture is null ? "}" : "")}}""";
        foreach (string line in CaptureJson.Lines(report.Capture))
            yield return line;
    }

    /// <summary>What hangs, and who waits for whom.</summary>
    private static IEnumerable<string> HangLines(HangResult result, Report report)
    {
        yield return $$"""],"result":{{(report.Error is null ? HangJson.Result(result, report) : "null")}},"findings":[""";
        foreach (string line in Listed(result.Findings.Select(HangJson.Finding)))
            yield return line;
        yield return """],"waits":[""";
        foreach (string line in Listed(result.Edges.Select(HangJson.Edge)))
            yield return line;
        yield return """],"deadlocks":[""";
        foreach (string line in Listed((result.Waits?.Deadlocks ?? []).Select(HangJson.Circle)))
            yield return line;
        yield return """],"heads":[""";
        foreach (string line in Listed((result.Waits?.Heads ?? []).Select(HangJson.Head)))
            yield return line;
        yield return """],"alsoBlocked":[""";
        foreach (string line in Listed(report.AlsoBlocked.Select(HangJson.Process)))
            yield return line;
    }

    /// <summary>The items of an array, each on lines that the engine does not cut.</summary>
    private static IEnumerable<string> Listed(IEnumerable<string> items)
    {
        string? last = null;
        foreach (string item in items)
        {
            foreach (string line in last is null ? [] : Broken(last + ","))
                yield return line;
            last = item;
        }

        foreach (string line in last is null ? [] : Broken(last))
            yield return line;
    }

    /// <summary>Breaks a long list of numbers after commas; texts are shorter than a line.</summary>
    private static IEnumerable<string> Broken(string item)
    {
        while (item.Length >= Line.EngineLimit)
        {
            int end = item.LastIndexOf(',', Line.EngineLimit - 2) + 1;
            yield return item[..end];
            item = item[end..];
        }

        yield return item;
    }

    /// <summary>The object of a report that could not be made, on a single line: a program that waits for JSON gets JSON.</summary>
    /// <param name="source">What was to be read.</param>
    /// <param name="reason">Why there is no report.</param>
    /// <param name="isUnsupported">Whether it is because nothing of that kind is read.</param>
    public static string Error(ReportSource source, string reason, bool isUnsupported = false) =>
        SingleLine(new Report { Source = source, Complete = false, Error = reason, IsUnsupported = isUnsupported }, []);

    /// <summary>The object on a single line, for JSON lines.</summary>
    public static string SingleLine(Report report, ImmutableArray<ThreadFinding> threads) => string.Concat(Lines(report, threads));

    /// <summary>The object on a single line with some of the threads; its summary counts all.</summary>
    public static string Excerpt(Report report, ImmutableArray<ThreadFinding> threads)
    {
        ArgumentNullException.ThrowIfNull(report);
        return string.Concat(Lines(report, threads, report.Summary));
    }

    /// <summary>One word for who counts and joins.</summary>
    internal static string OutcomeOf(Report report) => report.Error is null
        ? report.Complete ? "ok" : "partial"
        : report.IsUnsupported ? "unsupported" : "unreadable";

    private static string[] ThreadLines(ThreadJson json, ThreadFinding thread, HangThread? part, bool isLast)
    {
        string line = json.TextOf(thread, part, isLast);
        return line.Length < Line.EngineLimit ? [line] : new ThreadJson(Indented).TextOf(thread, part, isLast).Split('\n');
    }

    private static string TextOrNull(string? text) => JsonText.Of(json => json.WriteStringValue(FactJson.Cut(text)));

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Product.Name);
        json.WriteString("version", Product.Version);
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, ReportSource source)
    {
        json.WriteStartObject();
        json.WriteString("kind", DisplayText.Of(source.Kind));
        json.WriteString("path", FactJson.Cut(source.Path));
        json.WriteString("architecture", DisplayText.Of(source.Architecture));
        json.WriteString("session", DisplayText.Of(source.Session));
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, ReportSummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("threads", summary.Threads);
        json.WriteNumber("atReturn", summary.AtReturn);
        json.WriteNumber("inCallback", summary.InCallback);
        json.WriteNumber("none", summary.None);
        json.WriteNumber("unknown", summary.Unknown);
        json.WriteNumber("maxDepth", summary.MaxDepth);
        json.WriteNumber("noneLowConfidence", summary.LowConfidence);
        json.WriteEndObject();
    }

    /// <summary>The report's own warnings, then every contradiction between witnesses, so that none is hidden.</summary>
    private static IEnumerable<string> WarningsOf(Report report, ImmutableArray<ThreadFinding> threads) =>
        report.Warnings.Concat(threads.SelectMany(finding => finding.Disagreements.Select(disagreement =>
            string.Create(CultureInfo.InvariantCulture, $"{OfThread}{finding.Thread.Position}: {disagreement}"))));
}
