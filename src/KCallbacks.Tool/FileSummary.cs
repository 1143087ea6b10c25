using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Signatures;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary>What is said of one file where many are analysed.</summary>
/// <param name="Path">The file.</param>
/// <param name="State">Its state, <c>ERROR</c> when it could not be read.</param>
/// <param name="HeldUp">The threads that the worst finding holds up.</param>
/// <param name="Threads">The threads of the worst finding, in words.</param>
/// <param name="Signature">What the hang is known by, or why there is none.</param>
internal sealed record FileSummary(string Path, string State, int HeldUp, string Threads, string Signature)
{
    private const string Failure = "ERROR";

    private static readonly string[] Order = ["DEADLOCK", "DEADLOCK~", "STUCK", "BLOCKED", "BLOCKED~", "BUSY", "IDLE", "UNCLEAR", Failure];

    /// <summary>Of a file that was read.</summary>
    public static FileSummary Of(Report report, HangResult result) => new(
        InputSource.NameOf(report.Source.Path ?? ""),
        OneResult.Keyword(report, result),
        result.Findings is [var worst, ..] ? worst.Behind.Length + worst.Cycle.Length : 0,
        OneResult.Threads(result),
        HangSignature.Of(result) is { } signature ? signature.Text : OneResult.Sentence(report, result));

    /// <summary>Of a file that could not be read.</summary>
    public static FileSummary Of(string path, string problem) => new(InputSource.NameOf(path), Failure, 0, "", problem);

    /// <summary>One line per file; the state is the second word.</summary>
    public static IEnumerable<string> List(IReadOnlyList<FileSummary> files)
    {
        int width = files.Max(file => file.Path.Length);
        return files.Select(file => $"{file.Path.PadRight(width)}  {file.State.PadRight(8)}  {file.Threads.PadRight(15)}  {file.Signature}".TrimEnd());
    }

    /// <summary>One line per state and signature, the worst first.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<FileSummary> files)
    {
        yield return "State     Files  Held up   Signature";
        foreach (IGrouping<(string State, string Signature), FileSummary> group in files
            .GroupBy(file => (file.State, file.Signature))
            .OrderBy(group => Array.IndexOf(Order, group.Key.State))
            .ThenByDescending(group => group.Count()))
        {
            (int least, int most) = (group.Min(file => file.HeldUp), group.Max(file => file.HeldUp));
            string held = most == 0 ? "" : least == most ? Number(most) : $"{Number(least)}-{Number(most)}";
            yield return $"{group.Key.State,-9}{Number(group.Count()),6}{held,9}   {group.Key.Signature}".TrimEnd();
        }

        FileSummary worst = files.MinBy(file => Array.IndexOf(Order, file.State))!;
        int judged = files.Count(file => file.State is not (Failure or "UNCLEAR"));
        yield return "";
        yield return $"{Number(files.Count)} files, {Number(judged)} judged. Worst: {worst.State}, {worst.Path}. -l lists the files, --jsonl for scripts.";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
