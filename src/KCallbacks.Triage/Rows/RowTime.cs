namespace KCallbacks.Triage.Rows;

/// <summary>Times of rows.</summary>
public static class RowTime
{
    /// <summary>Now.</summary>
    public static DateTime Of(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Of(clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>A time in whole seconds: file systems keep different parts of them.</summary>
    public static DateTime Of(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
