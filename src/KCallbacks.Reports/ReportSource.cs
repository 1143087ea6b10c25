using KCallbacks.Detection.Model;

namespace KCallbacks.Reports;

/// <summary>Where the stacks of a report come from.</summary>
/// <param name="Kind">What was read.</param>
/// <param name="Path">The file, <c>-</c> for standard input; null for a debugger's session without one.</param>
/// <param name="Architecture">Architecture of the target.</param>
/// <param name="Session">User or kernel.</param>
public sealed record ReportSource(
    SourceKind Kind,
    string? Path = null,
    Architecture Architecture = Architecture.Unknown,
    SessionKind Session = SessionKind.User);
