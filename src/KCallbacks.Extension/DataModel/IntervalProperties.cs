using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Extension.Intervals;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a callback of a recorded run.</summary>
internal static class IntervalProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    public static ImmutableArray<ModelProperty<CallbackInterval>> All { get; } =
    [
        new("ThreadId", "The operating system's thread id.", interval => interval.ThreadId),
        new("Routine", "What was called at its begin.", RoutineOf),
        new("Begin", "When it began: !tt goes there; empty when that is not in the lists.", interval => interval.Begin?.Place ?? ""),
        new("Return", "When it ended; empty when that is not in the lists.", interval => interval.Return?.Place ?? ""),
        new("Duration", "Sequences from begin to return, or units of the numbers that were given; nothing for an open one.",
            interval => interval.Duration) { Radix = 10 },
        new("Steps", "Steps from begin to return, where both are in one sequence.",
            interval => interval.Steps) { Radix = 10 },
        new("Level", "1 for the outermost callback of its thread, as far as the lists show.",
            interval => interval.Level) { Radix = 10 },
        new("IsOpen", "Whether its begin or its return is not in the lists.",
            interval => interval.IsOpen),
    ];

    /// <summary>A callback in a line, for example <c>thread 0x1a30, user32!__fnDWORD, 12A:5 to 1F0:2, 198 long, level 1</c>.</summary>
    public static string TextOf(CallbackInterval interval) => $"thread 0x{interval.ThreadId:x}{(RoutineOf(interval) is { Length: > 0 } routine ? $", {routine}" : "")}, {WhenOf(interval)}, level {interval.Level?.ToString(CultureInfo.InvariantCulture) ?? "?"}";

    private static string WhenOf(CallbackInterval interval)
    {
        string begin = interval.Begin?.Place ?? "? (open: began before)";
        string end = interval.Return?.Place ?? "? (open: no return)";
        string length = interval.Steps is { } steps ? $", {steps} steps" : interval.Duration is { } duration ? $", {duration} long" : "";
        return $"{begin} to {end}{length}";
    }

    private static string RoutineOf(CallbackInterval interval) => Printable.Of(interval.Begin?.Function ?? "");
}
