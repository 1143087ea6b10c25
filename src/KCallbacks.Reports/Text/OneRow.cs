using KCallbacks.Detection.Hangs;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>The row of a thread as the command prints it, cell by cell and without links.</summary>
/// <param name="Depth">Callbacks nested, with the mark of a doubt.</param>
/// <param name="In">The innermost callback, or the function that the thread runs.</param>
/// <param name="WaitsFor">What it waits for.</param>
/// <param name="Owner">Who must let go, or how many it holds up.</param>
public sealed record OneRow(string Depth, string In, string WaitsFor, string Owner)
{
    /// <summary>The row of a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="result">Names the threads it waits for.</param>
    /// <param name="source">Where they were captured.</param>
    public static OneRow Of(HangThread thread, HangResult result, ReportSource source)
    {
        ThreadRow row = ThreadRow.Of(thread, result, source);
        return new OneRow(row.Depth, row.In.Text, row.WaitsFor.Text, row.Owner.Text);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("  ", new[] { Depth, In, WaitsFor, Owner }.Where(cell => cell.Length > 0));
}
