using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>What the marks mean, and the next useful commands with the threads filled in.</summary>
internal static class Advice
{
    /// <summary>What a shell reads as something else than a part of a path.</summary>
    private static readonly SearchValues<char> SignsOfShells = SearchValues.Create("\" \t'`$\\&|;<>()*?");

    private const string Gap = "    ";
    private const string Purpose = "  ";

    /// <summary>Explains the marks where one was printed.</summary>
    public static IEnumerable<Line> Legend(ReportView view, IEnumerable<ThreadRow> rows)
    {
        bool isMarked = view.Sentence.Keyword.EndsWith('~') || rows.Any(row => row.Depth.AsSpan().IndexOfAny('~', '?') >= 0 || row.Owner.Text.StartsWith('~'));
        if (isMarked)
            yield return Line.Of("~ likely, ? a guess: -v says why.", Emphasis.Subdued);
    }

    /// <summary>What to type next.</summary>
    public static IEnumerable<Line> Next(ReportView view, bool isMerged)
    {
        if (view.Form.Verbose)
            yield break;
        if (view.Result.State == HangState.Idle && !view.Filter.IsRestricting)
            yield return Line.Of("This is one moment: if the program hangs, capture it while it does.", Emphasis.Subdued);
        if (!view.IsInDebugger && !HasPlainPath(view.Report.Source))
            yield break;
        (string Command, string Purpose)[] commands = [.. Commands(view, isMerged)];
        if (commands.Length == 0)
            yield break;
        yield return Line.Empty;
        yield return LineOf(view, commands);
    }

    /// <summary>The command that printed this, with other options.</summary>
    public static string Command(ReportView view, string options) => $"{Program(view)} {options}";

    private static Line LineOf(ReportView view, (string Command, string Purpose)[] commands)
    {
        ImmutableArray<Run>.Builder runs = ImmutableArray.CreateBuilder<Run>();
        runs.Add(new Run("Next: "));
        int length = 6;
        for (int i = 0; i < commands.Length; i++)
        {
            (string command, string purpose) = commands[i];
            string shown = i == 0 ? command : command.Replace(Program(view) + " ", "", StringComparison.Ordinal);
            string words = purpose.Length == 0 || view.Page < Page.Width ? "" : $"{Purpose}({purpose})";
            length += (i == 0 ? 0 : Gap.Length) + shown.Length + words.Length;
            if (i > 0 && (length > view.Page || view.Page < Page.Width))
                break;
            runs.Add(new Run(i == 0 ? "" : Gap));
            runs.Add(new Run(shown, Emphasis.Normal, view.IsInDebugger ? Link.ToCommand(command) : null));
            runs.Add(new Run(words));
        }

        return new Line(runs.ToImmutable());
    }

    private static IEnumerable<(string Command, string Purpose)> Commands(ReportView view, bool isMerged)
    {
        bool isKernel = view.Report.Source.Session == SessionKind.Kernel;
        if (!view.Report.Complete && MissingNumbers(view) is { } missing)
        {
            yield return (Command(view, $"-t {missing}"), "");
            yield break;
        }

        if (ThreadsToSee(view) is { Length: > 0 } threads)
            yield return (Command(view, $"-v -t {threads}"), "stacks, evidence");
        else if (view.Report.Summary.Threads > 0)
            yield return (Command(view, "-a"), "all threads");
        if (isMerged && !view.Form.Group)
            yield return (Command(view, "-g"), "all numbers");
        if (!view.Result.Findings.IsEmpty && view.Result.Waits is not null && !view.Form.Chains)
            yield return (Command(view, "-w"), "all waits");
        if (HandleToSee(view) is { } handle && view.IsInDebugger && !isKernel)
            yield return (string.Create(CultureInfo.InvariantCulture, $"!handle {handle:x} f"), "");
        if (isKernel && view.Report.Processes is null && view.IsInDebugger)
            yield return (Command(view, "-p all"), "every process");
        if (isKernel && view.IsInDebugger)
            yield return (Command(view, "-u"), "names of user modules");
        if (view.IsInDebugger)
            yield return (Command(view, "-?"), "help");
    }

    /// <summary>The threads whose stacks tell most: two of a circle, a thread that waits and its head.</summary>
    private static string ThreadsToSee(ReportView view)
    {
        if (view.Result.Findings is not [var worst, ..])
            return string.Join(',', view.Result.Threads.Where(thread => thread.Finding.Depth > 0).Take(1).Select(NameOf));
        IEnumerable<int> positions = worst.Form switch
        {
            HangForm.Circle => worst.Cycle.Take(2),
            HangForm.Chain when worst.Head?.Position is { } head => [FirstOf(worst), head],
            HangForm.Chain => [FirstOf(worst)],
            _ => DifferentFrom(worst.Behind, view),
        };
        return string.Join(',', positions.Select(view.Result.Of).OfType<HangThread>().Select(NameOf));
    }

    private static int FirstOf(HangFinding chain) => chain.Windows.IsEmpty ? chain.Behind.Min() : chain.Windows[0];

    /// <summary>The first thread, and the first one that shows something else.</summary>
    private static IEnumerable<int> DifferentFrom(ImmutableArray<int> positions, ReportView view)
    {
        ImmutableArray<ThreadRow> rows = view.RowsOf(positions);
        ThreadRow? other = rows.FirstOrDefault(row => row.Key != rows[0].Key);
        return other is null ? [positions[0]] : [positions[0], other.First.Position];
    }

    private static string NameOf(HangThread thread) =>
        ThreadName.Of(thread.Finding.Thread) is var name && Link.IsPlainWord(name) ? name : thread.Position.ToString(CultureInfo.InvariantCulture);

    private static ulong? HandleToSee(ReportView view) => view.Result.Findings is [{ Form: HangForm.Nobody } nobody, ..]
        ? view.Result.Of(nobody.Behind[0])?.Waits?.Waits.FirstOrDefault(wait => wait.Object.Handle is not null && wait.Kind is not WaitKind.WindowMessage)?.Object.Handle
        : null;

    /// <summary>The numbers of the threads that were not judged, where they follow those that were; null where that is not known.</summary>
    public static string? MissingNumbers(ReportView view)
    {
        if (view.Report.ThreadsInSource is not { } all || view.Report.Findings is not [.., { Thread.EngineId: { } last }])
            return null;
        return last + 1 < all ? string.Create(CultureInfo.InvariantCulture, $"{last + 1}-{all - 1}") : null;
    }

    private static bool HasPlainPath(ReportSource source) => source.Path is { Length: > 1 } path && !path.AsSpan().ContainsAny(SignsOfShells);

    /// <summary>The command for the processes that are shown: anyone who follows a link wants to stay with them.</summary>
    private static string Program(ReportView view)
    {
        if (!view.IsInDebugger)
            return $"kcallbacks analyze {view.Report.Source.Path}";
        return view.Report.Processes is { } processes && Link.IsPlainWord(processes) ? $"!kcallbacks -p {processes}" : "!kcallbacks";
    }
}
