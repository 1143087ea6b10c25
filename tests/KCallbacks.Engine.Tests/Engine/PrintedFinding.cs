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
        VerdictOf(row),
        int.TryParse(row.Groups["depth"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int depth) ? depth : 0);

    /// <summary>Only <c>-a</c> prints the word; elsewhere depth and wait tell it.</summary>
    private static string VerdictOf(Match row) => row.Groups["depth"].Value switch
    {
        "?" => "unknown",
        "0" => "none",
        _ => row.Value.Contains("(at ZwCallbackReturn)", StringComparison.Ordinal) ? "at-return" : "in-callback",
    };

    [GeneratedRegex(@"^ {0,3}\d{1,4} +(?<tid>[0-9a-f]+)(?: +(?:at-return|in-callback|none|unknown))? +(?<depth>\d+|\?)[+~?]*(?: .*|$)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
