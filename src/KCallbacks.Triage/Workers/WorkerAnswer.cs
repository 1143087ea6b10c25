using System.Text;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Workers;

/// <summary>What became of an input.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Line">Its row; valid until the worker is asked again.</param>
internal sealed record WorkerAnswer(TriageOutcome Outcome, ReadOnlyMemory<byte> Line)
{
    /// <summary>A row that is known without a worker.</summary>
    public static WorkerAnswer Of(TriageRow row) => new(row.Outcome, Encoding.ASCII.GetBytes(RowText.Write(row)));

    /// <summary>A worker's answer; null when the line is no row of what was asked.</summary>
    public static WorkerAnswer? Of(ReadOnlyMemory<byte> line, WorkRequest request) =>
        RowText.TryReadMark(line.Span, out RowMark? row) && row.Path == request.Path && row.Size == request.Size && row.Modified == request.Modified ? new(row.Outcome, line) : null;
}
