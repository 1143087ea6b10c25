using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;

namespace KCallbacks.Reports.Comparing;

/// <summary>What became of the threads of a process between captures of it.</summary>
public sealed class Comparison
{
    private Comparison(Report before, Report after, TimeSpan? between, ImmutableArray<ComparedThread> threads)
    {
        Before = before;
        After = after;
        Between = between;
        Threads = threads;
        Result = after.Conclude();
        StuckWindows = [.. threads.Where(thread => thread.Change is Change.Same or Change.LikelySame && thread.After!.IsUiThread).Select(thread => thread.After!.Position)];
    }

    /// <summary>The first capture.</summary>
    public Report Before { get; }

    /// <summary>The last capture.</summary>
    public Report After { get; }

    /// <summary>The time from the first to the last; null where one of them does not tell.</summary>
    public TimeSpan? Between { get; }

    /// <summary>The threads: those of the last capture in its order, then those that are gone.</summary>
    public ImmutableArray<ComparedThread> Threads { get; }

    /// <summary>What hangs in the last capture.</summary>
    public HangResult Result { get; }

    /// <summary>Positions of the UI threads that did not go on.</summary>
    public ImmutableArray<int> StuckWindows { get; }

    /// <summary>Whether the wait of a UI thread that did not go on is known to be the same.</summary>
    public bool IsCertain => Threads.Any(thread => thread.Change == Change.Same && thread.After!.IsUiThread);

    /// <summary>What hangs: a UI thread that did not go on is stuck, unless it is in a deadlock, which is worse.</summary>
    public HangState State => StuckWindows.IsEmpty || Result.State == HangState.Deadlock ? Result.State : HangState.Stuck;

    /// <summary>Compares captures of one process in the order in which they were made; a thread is the same only if it is in all of them.</summary>
    /// <exception cref="ArgumentException">They are of different processes; the message is for the user.</exception>
    public static Comparison Of(IReadOnlyList<Report> captures)
    {
        ArgumentNullException.ThrowIfNull(captures);
        Report first = captures[0], last = captures[^1];
        if (captures.FirstOrDefault(capture => IsOther(first, capture)) is { } other)
            throw new ArgumentException($"{NameOf(other)} is of process {other.Capture!.ProcessId}, and {NameOf(first)} of process {first.Capture!.ProcessId}; threads of one process are compared");
        TimeSpan? between = last.Capture?.Made - first.Capture?.Made;
        Earlier[] earlier = [.. captures.SkipLast(1).Select(capture => new Earlier(capture))];
        HangThread[] now = [.. last.Conclude().Threads];
        var there = now.Select(KeyOf).ToHashSet();
        return new Comparison(first, last, between,
        [
            .. now.Select(thread => Judge(thread, last, earlier, between)),
            .. earlier[^1].Threads.Where(thread => !there.Contains(KeyOf(thread)) && Standing.IsOfInterest(thread)).Select(thread => new ComparedThread(Change.Went, thread, null)),
        ]);
    }

    private static bool IsOther(Report first, Report other) =>
        first.Capture?.ProcessId is { } one && other.Capture?.ProcessId is { } two && one != two;

    private static string NameOf(Report report) => report.Source.Path ?? "the session";

    private static ComparedThread Judge(HangThread now, Report last, Earlier[] earlier, TimeSpan? between)
    {
        HangThread? before = earlier[^1].Of(now);
        bool isNow = Standing.IsOfInterest(now), wasBefore = before is not null && Standing.IsOfInterest(before);
        Change change = isNow && wasBefore ? Greatest(now, last, earlier, between)
            : isNow ? Change.Came
            : wasBefore ? Change.Went
            : Change.Quiet;
        return new ComparedThread(change, before, now);
    }

    /// <summary>What is furthest from standing as in one of the captures.</summary>
    private static Change Greatest(HangThread now, Report last, Earlier[] earlier, TimeSpan? between)
    {
        Change greatest = default;
        foreach (Earlier capture in earlier)
        {
            Change change = capture.Of(now) is { } then ? new Standing(then, capture.Report, now, last).Compare(between) : Change.Moved;
            greatest = change > greatest ? change : greatest;
        }

        return greatest;
    }

    /// <summary>The operating system's id, which two captures share; the place where it is not known.</summary>
    private static long KeyOf(HangThread thread) => thread.Finding.Thread.SystemId is { } id ? id : -1L - thread.Position;

    /// <summary>A capture before the last.</summary>
    private sealed class Earlier(Report report)
    {
        private readonly Dictionary<long, HangThread> _threads = report.Conclude().Threads.DistinctBy(KeyOf).ToDictionary(KeyOf);

        public Report Report => report;

        public IEnumerable<HangThread> Threads => _threads.Values;

        /// <summary>The same thread then; null when it was not there.</summary>
        public HangThread? Of(HangThread now) => _threads.GetValueOrDefault(KeyOf(now));
    }
}

/// <summary>A thread in two captures.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Before">The thread in the last capture but one; null when it was not there.</param>
/// <param name="After">The thread in the last capture; null when it is gone.</param>
public sealed record ComparedThread(Change Change, HangThread? Before, HangThread? After);
