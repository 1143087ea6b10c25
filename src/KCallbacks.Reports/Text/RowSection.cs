using System.Collections.Immutable;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>Rows that are told together, with the line that stands above them.</summary>
/// <param name="Title">The line; empty for a blank one.</param>
/// <param name="Rows">The rows.</param>
internal sealed record RowSection(string Title, ImmutableArray<ThreadRow> Rows);
