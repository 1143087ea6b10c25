using System.Collections.Immutable;
using KCallbacks.Reports.Options;

namespace KCallbacks.Reports;

/// <summary>The shape that the user wants a report in. The default is the table.</summary>
public sealed record ReportForm
{
    /// <summary>The options, in the order of the help.</summary>
    public static ImmutableArray<CommandOption<ReportForm>> Options { get; } =
    [
        new("-g", "--group", null, "one row for all threads with the same stack",
            (form, _) => form with { Group = true }),
        new("-v", "--verbose", null, "stacks: callback frames marked, kernel crossings shown, reasons",
            (form, _) => form with { Verbose = true }),
        new("-json", "--json", null, "print JSON, all threads unless a filter is given (docs/json.md)",
            (form, _) => form with { Json = true }),
    ];

    /// <summary>Whether all threads with the same stack share a row.</summary>
    public bool Group { get; init; }

    /// <summary>Whether stacks are shown.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether the report is printed as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the frames of threads are shown or compared.</summary>
    public bool UsesFrames => Verbose || Group;
}
