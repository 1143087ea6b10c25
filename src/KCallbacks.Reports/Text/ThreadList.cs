using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>The threads of a group by name, each linked, as many as were asked for.</summary>
internal static class ThreadList
{
    /// <summary>Threads named unless all are asked for.</summary>
    private const int Few = 8;

    /// <summary>What some threads have in common, their number before it, their names below it.</summary>
    public static IEnumerable<Line> WithReason(string reason, IReadOnlyList<ThreadFinding> threads, bool all) =>
        Paragraph.Lines(string.Create(CultureInfo.InvariantCulture, $"  {threads.Count,4}  "), reason).Concat(Lines("        threads", threads, all));

    /// <summary>The names after a title, wrapped at the width of the page; continued lines are indented under the first name.</summary>
    public static IEnumerable<Line> Lines(string title, IReadOnlyList<ThreadFinding> threads, bool all)
    {
        int named = all ? threads.Count : Math.Min(Few, threads.Count);
        ImmutableArray<Run>.Builder runs = ImmutableArray.CreateBuilder<Run>();
        runs.Add(new Run(title));
        int width = title.Length;
        foreach (Run name in threads.Take(named).Select(thread => ThreadColumns.NameOf(thread.Thread).CutTo(Page.Width / 2)))
        {
            if (width + 1 + name.Text.Length > Page.Width)
            {
                yield return new Line(runs.DrainToImmutable());
                runs.Add(new Run(new string(' ', title.Length)));
                width = title.Length;
            }

            runs.Add(new Run(" "));
            runs.Add(name);
            width += 1 + name.Text.Length;
        }

        if (named < threads.Count)
            runs.Add(new Run(string.Create(CultureInfo.InvariantCulture, $" and {threads.Count - named} more")));
        yield return new Line(runs.DrainToImmutable());
    }
}
