using System.Collections.Immutable;
using KCallbacks.Reports;

namespace KCallbacks.Tool;

/// <summary>What became of an input: a report, or why there is none.</summary>
/// <param name="Path">What reports call the input.</param>
/// <param name="Report">The report; null where the input could not be read at all.</param>
/// <param name="Failure">Why; null where there is a report.</param>
internal sealed record InputOutcome(string Path, Report? Report, Exception? Failure)
{
    /// <summary>What makes the report incomplete.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];
}
