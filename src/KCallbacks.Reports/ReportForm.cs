using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Reports.Options;

namespace KCallbacks.Reports;

/// <summary>The shape that the user wants a report in. The default is the table.</summary>
public sealed record ReportForm
{
    /// <summary>Characters of a line that a user may ask for.</summary>
    private const int Narrowest = 60;
    private const int Widest = 1_000;

    /// <summary>The options, in the order of the help.</summary>
    public static ImmutableArray<CommandOption<ReportForm>> Options { get; } =
    [
        new("-g", "--group", null, "one row for all threads that show the same, with all their numbers",
            (form, _) => form with { Group = true }),
        new("-v", "--verbose", null, "stacks with the callbacks marked, and the evidence",
            (form, _) => form with { Verbose = true }),
        new("-w", "--waits", null, "who waits for whom: every chain of waits",
            (form, _) => form with { Chains = true }),
        new("-width", "--width", "N", "characters of a line; columns for 80, 100, 120 and 160 are known",
            (form, number) => form with { Width = ParseWidth(number) }) { Example = "-width 120" },
        new("-json", "--json", null, "print JSON, all threads unless a filter is given (docs/json.md)",
            (form, _) => form with { Json = true }),
    ];

    /// <summary>Whether all threads with the same stack share a row.</summary>
    public bool Group { get; init; }

    /// <summary>Whether stacks are shown.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether the chains of waits are shown.</summary>
    public bool Chains { get; init; }

    /// <summary>Characters of a line; null for what is usual.</summary>
    public int? Width { get; init; }

    /// <summary>Whether the report is printed as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the frames of threads are shown.</summary>
    public bool UsesFrames => Verbose;

    private static int ParseWidth(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is >= Narrowest and <= Widest
            ? width
            : throw new FormatException($"a width is a number from {Narrowest} to {Widest}, for example 120");
}
