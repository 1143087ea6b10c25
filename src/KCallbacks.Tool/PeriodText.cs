using System.Globalization;

namespace KCallbacks.Tool;

/// <summary>Times as people write them: <c>2026-11-20</c>, <c>2026-11-20T08:00</c>, <c>7d</c>.</summary>
internal static class PeriodText
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <summary>The time in UTC, on a whole second; null when it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="clock">The clock that days and hours are counted back from.</param>
    public static DateTime? Time(string text, TimeProvider clock)
    {
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
            return time;
        if (text is not [.. var digits, 'd' or 'h'] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 100_000)
            return null;
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return Triage.Rows.RowTime.Of(now - (text[^1] == 'd' ? TimeSpan.FromDays(number) : TimeSpan.FromHours(number)));
    }
}
