using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>Who waits for whom as a graph in the language of Graphviz (<c>dot</c>): a node per thread, an edge per wait for a known owner.</summary>
public static class WaitDiagram
{
    /// <summary>Characters of a label's line.</summary>
    private const int LongestLabel = 60;

    /// <summary>The lines of the graph.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        HangResult result = report.Conclude();
        HashSet<int> circle = [.. result.Findings.SelectMany(finding => finding.Cycle)];
        HangThread[] waiting = [.. result.Threads.Where(thread => thread.Waits?.Waits.Any(wait => !wait.Owners.IsEmpty) == true)];
        HashSet<int> shown = [.. waiting.Select(thread => thread.Position), .. result.Threads.Where(thread => thread.HoldsUp > 0 || (thread.IsBlocked && thread.IsUiThread)).Select(thread => thread.Position)];
        yield return "digraph waits {";
        yield return "  node [shape=box, fontname=\"monospace\"];";
        foreach (int position in shown.Order())
            yield return NodeOf(result.Of(position)!, circle.Contains(position));
        foreach (HangThread thread in waiting)
        {
            foreach ((Wait wait, WaitOwner owner) in thread.Waits!.Waits.SelectMany(wait => wait.Owners.Select(owner => (wait, owner))))
                yield return $"  t{thread.Position} -> {Target(owner)} [label={Quoted(WaitPhrases.Of(wait).Text)}{(wait.Proof == WaitProof.Certain ? "" : ", style=dashed")}];";
        }

        foreach (WaitOwner stranger in waiting.SelectMany(thread => thread.Waits!.Waits.SelectMany(wait => wait.Owners)).Where(owner => owner.Position is null).Distinct())
            yield return $"  {Target(stranger)} [label={Quoted($"{ThreadName.Of(stranger, result)}\n(not of this process)")}, style=dotted];";
        yield return "}";
    }

    private static string NodeOf(HangThread thread, bool isInCircle)
    {
        string callback = CallbackPhrases.In(thread.Finding).Text;
        string waits = thread.Waits?.Waits.Any(wait => !wait.Owners.IsEmpty) == true ? "" : WaitPhrases.Of(thread).Text;
        string[] lines = [.. new[] { $"{ThreadName.Of(thread.Finding.Thread)} {ThreadName.SystemIdOf(thread.Finding.Thread)}".TrimEnd(), callback, waits }.Where(line => line.Length > 0)];
        return string.Create(CultureInfo.InvariantCulture, $"  t{thread.Position} [label={Quoted(string.Join('\n', lines))}{(isInCircle ? ", color=red, penwidth=2" : "")}];");
    }

    private static string Target(WaitOwner owner) => owner.Position is { } position
        ? string.Create(CultureInfo.InvariantCulture, $"t{position}")
        : string.Create(CultureInfo.InvariantCulture, $"x{owner.ProcessId ?? 0:x}_{owner.SystemId:x}");

    /// <summary>A string of the language; names of the target cannot end it.</summary>
    private static string Quoted(string text)
    {
        IEnumerable<string> lines = text.Split('\n').Select(line => Fold.End(Printable.Of(line), LongestLabel).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        return $"\"{string.Join("\\n", lines)}\"";
    }
}
