using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>A thread as the command's table shows it.</summary>
/// <param name="Thread">The thread.</param>
internal sealed record JudgedRow(JudgedThread Thread)
{
    /// <summary>The cells; null for a thread that has no part in what was concluded.</summary>
    public OneRow? Cells => Thread.Part is { } part ? OneRow.Of(part, Thread.Found.Hang, Thread.Found.Report.Source) : null;
}
