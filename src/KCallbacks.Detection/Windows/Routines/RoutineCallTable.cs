using System.Collections.Concurrent;

namespace KCallbacks.Detection.Windows.Routines;

/// <summary>How the callback routines of one range of builds call, by API number.</summary>
/// <param name="firstBuild">The first build that has the table.</param>
/// <param name="lastBuild">The last one.</param>
/// <param name="text">The rows in the order of their API numbers, separated by white space; <c>-</c> stands for one that is not known.</param>
internal sealed class RoutineCallTable(int firstBuild, int lastBuild, string text)
{
    private const string NotKnown = "-";

    private readonly Lazy<Range[]> _rows = new(() => RowsOf(text));
    private readonly ConcurrentDictionary<int, RoutineCalls?> _read = [];

    /// <summary>Whether a build has the table.</summary>
    public bool Covers(int? build) => build >= firstBuild && build <= lastBuild;

    /// <summary>The routine of an API number; null when the table does not have it. Of a table few rows are ever asked for.</summary>
    public RoutineCalls? Find(int apiNumber) => apiNumber >= 0 && apiNumber < _rows.Value.Length ? _read.GetOrAdd(apiNumber, Read) : null;

    private RoutineCalls? Read(int row) => text[_rows.Value[row]] is not NotKnown and var calls ? RoutineCalls.Parse(calls) : null;

    private static Range[] RowsOf(string text)
    {
        var rows = new List<Range>();
        for (int start = 0; start < text.Length;)
        {
            if (char.IsWhiteSpace(text[start]))
            {
                start++;
                continue;
            }

            int length = text.AsSpan(start).IndexOfAny(" \t\r\n");
            int end = length < 0 ? text.Length : start + length;
            rows.Add(start..end);
            start = end;
        }

        return [.. rows];
    }
}
