using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KCallbacks.Engine.Tests.Engine;

/// <summary>One line of the table that <c>!kcallbacks</c> prints.</summary>
/// <param name="SystemId">System thread id.</param>
/// <param name="Verdict">For example <c>in-callback</c>.</param>
/// <param name="Depth">0 where the table has no depth.</param>
internal sealed partial record PrintedFinding(uint SystemId, string Verdict, int Depth)
{
    /// <summary>All lines of the table in <paramref name="output"/>.</summary>
    public static ImmutableArray<PrintedFinding> In(string output) => [.. Row().Matches(output).Select(Of)];

    /// <summary>How a verdict is printed.</summary>
    public static string WordOf(Detection.Model.Verdict verdict) => verdict switch
    {
        Detection.Model.Verdict.AtReturn => "at-return",
        Detection.Model.Verdict.InCallback => "in-callback",
        Detection.Model.Verdict.None => "none",
        _ => "unknown",
    };

    private static PrintedFinding Of(Match row) => new(
        uint.Parse(row.Groups["tid"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        row.Groups["verdict"].Value,
        row.Groups["depth"].Success ? int.Parse(row.Groups["depth"].ValueSpan, CultureInfo.InvariantCulture) : 0);

    [GeneratedRegex(@"^ *\d+ +(?<tid>[0-9a-f]+) +(?<verdict>at-return|in-callback|none|unknown)[~?]?(?: +(?<depth>\d+)\+?)?(?: |$)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
