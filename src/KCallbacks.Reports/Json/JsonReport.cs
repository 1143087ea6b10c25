using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Json;

/// <summary>The report for programs: one JSON object of schema 1 (docs/kcallbacks.schema.json).</summary>
public static class JsonReport
{
    private const int SchemaVersion = 1;

    /// <summary>Breaks a thread that would be longer than a line may be.</summary>
    private static readonly ReportJsonContext Indented = new(new JsonSerializerOptions(ReportJsonContext.Default.Options)
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
    });

    private static readonly JsonTool Tool = new(Product.Name, Product.Version);

    /// <summary>
    /// The object over several lines, one per thread where it fits, each below <see cref="Line.EngineLimit"/>. Joined with or
    /// without line ends they are the same JSON.
    /// </summary>
    /// <param name="report">What was found.</param>
    /// <param name="threads">The threads to list; the summary counts these.</param>
    public static IEnumerable<string> Lines(Report report, ImmutableArray<ThreadFinding> threads)
    {
        string tool = Write(Tool, ReportJsonContext.Default.JsonTool);
        string source = Write(SourceOf(report.Source), ReportJsonContext.Default.JsonSource);
        yield return string.Create(CultureInfo.InvariantCulture, $$"""{"schema":{{SchemaVersion}},"tool":{{tool}},"source":{{source}},"threads":[""");

        for (int i = 0; i < threads.Length; i++)
        {
            foreach (string line in ThreadLines(ThreadOf(threads[i]), isLast: i == threads.Length - 1))
                yield return line;
        }

        string summary = Write(SummaryOf(ReportSummary.Of(threads)), ReportJsonContext.Default.JsonSummary);
        yield return $$"""],"summary":{{summary}},"complete":{{(report.Complete ? "true" : "false")}},"warnings":[""";

        string[] warnings = [.. WarningsOf(report, threads)];
        for (int i = 0; i < warnings.Length; i++)
            yield return Write(Cut(warnings[i]), ReportJsonContext.Default.String) + (i < warnings.Length - 1 ? "," : "");

        yield return "]}";
    }

    /// <summary>The object on a single line, for JSON lines.</summary>
    public static string SingleLine(Report report, ImmutableArray<ThreadFinding> threads) => string.Concat(Lines(report, threads));

    private static string[] ThreadLines(JsonThread thread, bool isLast)
    {
        string end = isLast ? "" : ",";
        string line = Write(thread, ReportJsonContext.Default.JsonThread) + end;
        return line.Length < Line.EngineLimit ? [line] : (Write(thread, Indented.JsonThread) + end).Split('\n');
    }

    private static JsonSource SourceOf(ReportSource source) =>
        new(DisplayText.Of(source.Kind), Cut(source.Path), DisplayText.Of(source.Architecture), DisplayText.Of(source.Session));

    private static JsonThread ThreadOf(ThreadFinding finding) => new(
        finding.Thread.Position,
        Cut(finding.Thread.Printed ?? finding.Thread.EngineId?.ToString(CultureInfo.InvariantCulture)),
        DisplayText.Of(finding.Verdict),
        finding.Depth,
        finding.DepthIsMinimum,
        DisplayText.Of(finding.Confidence),
        Cut(finding.Reason),
        Cut(finding.BlockedIn),
        [.. finding.Callbacks.Select(CallbackOf)],
        [.. finding.Shapes.Select(shape => new JsonShape(shape.Name, [.. shape.Frames]))],
        finding.Thread.EngineId,
        finding.Thread.SystemId,
        KernelOf(finding));

    private static JsonKernel? KernelOf(ThreadFinding finding) => finding.Thread is not { Process: { } process, Address: { } address } thread
        ? null
        : new JsonKernel(
            new JsonProcess(process.Id, Cut(process.Name), DisplayText.OfAddress(process.Address)),
            thread.SystemId,
            DisplayText.OfAddress(address),
            finding.Kernel?.CallbackDepth,
            finding.Kernel?.WaitReason,
            (long?)finding.Kernel?.WaitTime?.TotalMilliseconds,
            Cut(finding.KernelFunction));

    private static JsonCallback CallbackOf(Callback callback) => new(
        Cut(callback.Routine),
        callback.ApiNumber,
        Cut(callback.Entry),
        callback.Message is { } message ? MessageOf(message) : null,
        callback.Frame,
        DisplayText.Of(callback.Evidence),
        callback.Delivery is { } delivery ? DeliveryOf(delivery) : null);

    private static JsonMessage MessageOf(WindowMessage message) => new(
        message.Number,
        Cut(message.Name),
        AddressOf(message.WParam),
        AddressOf(message.LParam),
        Cut(message.WindowProcedureName) ?? ProcedureOf(message.WindowProcedure));

    private static JsonDelivery DeliveryOf(Delivery delivery) => new(
        delivery.Text,
        Cut(delivery.ProcedureName) ?? ProcedureOf(delivery.Procedure),
        delivery.Values.ToDictionary(value => value.Name, value => string.Create(CultureInfo.InvariantCulture, $"0x{value.Value:x}")));

    private static string? ProcedureOf(ulong address) => address == 0 ? null : DisplayText.OfAddress(address);

    private static string? AddressOf(ulong? value) => value is { } known ? DisplayText.OfAddress(known) : null;

    private static JsonSummary SummaryOf(ReportSummary summary) =>
        new(summary.Threads, summary.AtReturn, summary.InCallback, summary.None, summary.Unknown, summary.MaxDepth);

    /// <summary>The report's own warnings, then every contradiction between witnesses, so that none is hidden.</summary>
    private static IEnumerable<string> WarningsOf(Report report, ImmutableArray<ThreadFinding> threads) =>
        report.Warnings.Concat(threads.SelectMany(finding => finding.Disagreements.Select(disagreement =>
            string.Create(CultureInfo.InvariantCulture, $"thread at position {finding.Thread.Position}: {disagreement}"))));

    /// <summary>Six characters per escaped one at worst: a cut string fits a line of the engine.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text) => text is null ? null : Printable.Cut(text, Printable.LongestName);

    private static string Write<T>(T value, JsonTypeInfo<T> shape) => JsonSerializer.Serialize(value, shape);
}
