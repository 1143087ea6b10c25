using System.Globalization;
using System.Text.RegularExpressions;

namespace KCallbacks.Engine.Tests.Engine;

/// <summary>A thread as the command's table prints it.</summary>
/// <param name="Number">The engine's number.</param>
/// <param name="SystemId">The operating system's id.</param>
/// <param name="Verdict">The verdict, without its mark.</param>
/// <param name="Depth">Callbacks nested; 0 when the column is empty.</param>
internal sealed partial record TableRow(int Number, uint SystemId, string Verdict, int Depth)
{
    /// <summary>The rows of everything a command printed.</summary>
    public static IReadOnlyList<TableRow> Of(string output) => [.. Row().Matches(output).Select(Of)];

    private static TableRow Of(Match row) => new(
        int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture),
        uint.Parse(row.Groups["tid"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        row.Groups["verdict"].Value,
        row.Groups["depth"].Success ? int.Parse(row.Groups["depth"].Value, CultureInfo.InvariantCulture) : 0);

    [GeneratedRegex(@"^ *(?<number>\d+) +(?<tid>[0-9a-f]+) (?<verdict>in-callback|at-return|none|unknown)[~?]?(?: +(?<depth>\d+)\+?(?= |\r?$))?", RegexOptions.Multiline)]
    private static partial Regex Row();
}
