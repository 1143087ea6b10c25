using System.Globalization;
using System.Text.RegularExpressions;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>What <c>kn</c> or <c>~*kn</c> printed: a list of frames per thread.</summary>
internal static partial class PrintedWalk
{
    /// <summary>The threads' frames, innermost first: stack pointer, and the name as printed.</summary>
    public static IReadOnlyList<IReadOnlyList<(ulong StackPointer, string Name)>> Read(string text)
    {
        List<List<(ulong StackPointer, string Name)>> threads = [];
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            if (Heading().IsMatch(line))
                threads.Add([]);
            else if (Frame().Match(line) is { Success: true } frame)
                threads[^1].Add((AddressOf(frame.Groups["sp"].Value), frame.Groups["name"].Value));
        }

        return threads;
    }

    private static ulong AddressOf(string printed) =>
        ulong.Parse(printed.Replace("`", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ # Child(-SP|EBP)\s")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[0-9a-f]{2,} (?<sp>[0-9a-f]{8}(`[0-9a-f]{8})?) [0-9a-f]{8}(`[0-9a-f]{8})?\s+(?<name>.*)$")]
    private static partial Regex Frame();
}
