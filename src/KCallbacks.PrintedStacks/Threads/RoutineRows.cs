using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The table of callback routines as <c>dps user32!apfnDispatch</c> prints it: exact starts of routines, word by word. It is no stack, but
/// tells which API number has which routine.
/// </summary>
internal static class RoutineRows
{
    private const int FewestRows = 3;

    /// <summary>The table as <c>number routine</c>; null when the rows are none.</summary>
    public static string? Describe(IReadOnlyList<StackFrame> rows)
    {
        if (rows.Count < FewestRows || !rows.All(IsStart) || rows.Count(IsRoutine) * 2 < rows.Count || !StackSlots.StepByWord(rows))
            return null;

        int? first = RoutineTables.PlaceOf([.. rows.Select(row => FunctionName.Of(row.Function).Word.ToString())]);
        string sign = first is null ? "+" : "";
        IEnumerable<string> entries = rows.Select((row, index) =>
            string.Create(CultureInfo.InvariantCulture, $"{sign}{(first ?? 0) + index} {FunctionName.Of(row.Function).Printable}"));
        string start = first is null ? " (numbers count from its first row)" : "";
        return $"a table of callback routines, not a stack{start}: {string.Join(", ", entries)}";
    }

    private static bool IsStart(StackFrame row) => row.StackPointer != 0 && row.Function is not null && row.Displacement is null or 0;

    private static bool IsRoutine(StackFrame row) => RoutineName.IsLike(FunctionName.Of(row.Function));
}
