using KCallbacks.Detection.Hangs;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>The result of a report in a few words, for places that show many or none of its rows.</summary>
public static class OneResult
{
    /// <summary><c>DEADLOCK</c>, with <c>~</c> where an edge is only likely.</summary>
    public static string Keyword(Report report, HangResult result) => new ResultSentence(result, report).Keyword;

    /// <summary>What hangs, for whom, and who must let go.</summary>
    public static string Sentence(Report report, HangResult result) => new ResultSentence(result, report).Text;

    /// <summary>The sentence of a finding.</summary>
    public static string Sentence(Report report, HangResult result, HangFinding finding) => new ResultSentence(result, report).Of(finding);

    /// <summary>For example <c>threads 0 and 4</c>; empty where there is no finding.</summary>
    public static string Threads(HangResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Findings is not [var worst, ..])
            return "";
        IEnumerable<int> positions = worst.Cycle.IsEmpty ? worst.Windows.Concat(worst.Behind).Take(1) : worst.Cycle.Take(3);
        string[] names = [.. positions.Select(position => ThreadName.Of(position, result))];
        return names.Length == 0 ? "" : $"{(names.Length == 1 ? "thread" : "threads")} {Counted.List(names)}";
    }
}
