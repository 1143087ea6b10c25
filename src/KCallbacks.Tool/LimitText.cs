using System.Globalization;

namespace KCallbacks.Tool;

/// <summary>Limits as people write them: <c>90s</c>, <c>1.5GiB</c>.</summary>
internal static class LimitText
{
    /// <summary>Longer ones limit nothing.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    private static readonly (string Unit, double Factor)[] Times = [("ms", 0.001), ("s", 1), ("m", 60), ("min", 60), ("h", 3600), ("", 1)];

    private static readonly (string Unit, double Factor)[] Sizes =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1), ("", 1),
    ];

    /// <summary>Reads a time; without a unit it is in seconds.</summary>
    public static TimeSpan? Time(string text) =>
        Read(text, Times) is > 0 and var seconds && seconds <= LongestTime.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Reads a size; without a unit it is in bytes.</summary>
    public static long? Size(string text) => Read(text, Sizes) is > 0 and < long.MaxValue and var bytes ? (long)bytes : null;

    private static double? Read(string text, (string Unit, double Factor)[] units)
    {
        int end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (!double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return null;
        string unit = text[end..].Trim();
        foreach ((string name, double factor) in units)
        {
            if (name.Equals(unit, StringComparison.OrdinalIgnoreCase))
                return number * factor;
        }

        return null;
    }
}
