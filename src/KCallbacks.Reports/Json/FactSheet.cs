using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Json;

/// <summary>
/// What was found as plain data for agents: lists of bounded length as JSON texts, in which names of the target stand in quotation marks and
/// threads are named by their system ids; never what to do next.
/// </summary>
public sealed class FactSheet
{
    // Characters of the lists: together with what stands around them they fit one output of the engine.
    private const int FindingsLimit = 3_000;
    private const int WaitsLimit = 3_500;
    private const int ThreadsLimit = 7_000;
    private const int WarningsLimit = 1_000;
    private const int LongestWarning = 300;

    private readonly HangResult _result;

    /// <summary>Takes what was found.</summary>
    /// <param name="report">The report.</param>
    /// <param name="result">What hangs.</param>
    /// <param name="threads">The threads to list; those of the findings come first.</param>
    public FactSheet(Report report, HangResult result, ImmutableArray<ThreadFinding> threads)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(result);
        _result = result;
        Summary = report.Summary;
        var sentence = new ResultSentence(result, report) { NameOf = Quoted };
        Result = $"{sentence.Keyword}: {Printable.Of(sentence.Text)}";
        var items = new FactSheetItems(result);
        Findings = FactList.Of(result.Findings.Select(items.Finding), FindingsLimit);
        Waits = FactList.Of(result.Edges.Select(items.Edge), WaitsLimit);
        Threads = FactList.Of(items.Threads(HangingFirst(threads)), ThreadsLimit);
        Warnings = FactList.Of(report.Warnings.Select(static warning => FactList.TextOf(json => json.WriteStringValue(Fold.Long(Printable.Of(Statement(warning)), LongestWarning)))), WarningsLimit);
    }

    /// <summary>deadlock, blocked, busy, idle or unclear.</summary>
    public string State => DisplayText.Of(_result.State);

    /// <summary>certain or likely.</summary>
    public string Proof => DisplayText.Of(_result.Proof);

    /// <summary>The sentence that the command prints first, with names of the target in quotation marks.</summary>
    public string Result { get; }

    /// <summary>All threads counted.</summary>
    public ReportSummary Summary { get; }

    /// <summary>What keeps threads from going on, the worst first.</summary>
    public FactList Findings { get; }

    /// <summary>Who waits for whom, as far as owners are known.</summary>
    public FactList Waits { get; }

    /// <summary>The threads that were asked for; those that differ in nothing but their ids are one item.</summary>
    public FactList Threads { get; }

    /// <summary>What could not be read.</summary>
    public FactList Warnings { get; }

    /// <summary>Everything as one JSON object on a line.</summary>
    public string Text => string.Concat(
        Numbers()[..^1],
        ",\"findings\":", Findings.Text, ",\"waits\":", Waits.Text, ",\"threads\":", Threads.Text, ",\"warnings\":", Warnings.Text, "}");

    /// <summary>Items of all lists that did not fit.</summary>
    public int LeftOut => Findings.LeftOut + Waits.LeftOut + Threads.LeftOut + Warnings.LeftOut;

    private List<ThreadFinding> HangingFirst(ImmutableArray<ThreadFinding> threads)
    {
        HashSet<int> hanging = [.. _result.Findings.SelectMany(finding => finding.Threads)];
        List<ThreadFinding> first = [];
        List<ThreadFinding> others = [];
        foreach (ThreadFinding thread in threads)
            (hanging.Contains(thread.Thread.Position) ? first : others).Add(thread);
        first.AddRange(others);
        return first;
    }

    /// <summary>What is no list, as an object.</summary>
    private string Numbers() => FactList.TextOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("state", State);
        json.WriteString("proof", Proof);
        json.WriteString("result", Result);
        json.WriteNumber("threadsJudged", Summary.Threads);
        json.WriteNumber("inCallback", Summary.WithCallback);
        json.WriteNumber("notJudged", Summary.Unknown + Summary.LowConfidence);
        json.WriteNumber("leftOut", LeftOut);
        json.WriteEndObject();
    });

    /// <summary>Within a sentence a name has quotation marks of its own, and none inside.</summary>
    private static string Quoted(string name) => $"\"{name.Replace('"', '\'')}\"";

    /// <summary>A warning says what is missing, then what to do: the first is the fact.</summary>
    private static string Statement(string warning) => warning.Split(". ")[0].TrimEnd('.') + ".";
}
