using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports;

/// <summary>Everything there is to print: the findings of one source.</summary>
public sealed record Report
{
    /// <summary>Copies of the report share it: it knows what it was drawn from.</summary>
    private Conclusion? _conclusion;

    /// <summary>Where the stacks come from.</summary>
    public required ReportSource Source { get; init; }

    /// <summary>What the source says of itself; null where it is no capture of a process.</summary>
    public Capture? Capture { get; init; }

    /// <summary>One finding per thread judged, in the source's order.</summary>
    public ImmutableArray<ThreadFinding> Findings { get; init; } = [];

    /// <summary>
    /// The stacks that the findings are of, by <see cref="ThreadIdentity.Position"/>, as far as the caller kept them. Needed by
    /// <c>-v</c>; makes groups exact.
    /// </summary>
    public IReadOnlyDictionary<int, ThreadStack> Stacks { get; init; } = ImmutableDictionary<int, ThreadStack>.Empty;

    /// <summary>Who waits for whom; null where it was not asked, or the source does not tell.</summary>
    public WaitGraph? Waits { get; init; }

    /// <summary>False when threads are missing, for example after Ctrl+Break or because a file could not be read to its end.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Threads the source has; null when only those in <see cref="Findings"/> are known of.</summary>
    public int? ThreadsInSource { get; init; }

    /// <summary>What went wrong on the way, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>How long it took; null when it is not to be printed.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>Whether the threads were walked, also those that stack memory alone could judge.</summary>
    public bool IsWalked { get; init; }

    /// <summary>The processes of a kernel session that were asked for, as typed; null for the current one.</summary>
    public string? Processes { get; init; }

    /// <summary>Processes of a kernel session that were not asked for and have threads that are blocked in callbacks.</summary>
    public ImmutableArray<BlockedProcess> AlsoBlocked { get; init; } = [];

    /// <summary>Threads in no callback whose findings were not kept, because a log may have millions of them.</summary>
    public int NoneNotKept { get; init; }

    /// <summary>Those among <see cref="NoneNotKept"/> whose verdict is of low confidence.</summary>
    public int LowConfidenceNotKept { get; init; }

    /// <summary>Why there is no report; null when there is one.</summary>
    public string? Error { get; init; }

    /// <summary>Whether there is none because the source is whole and of a kind that is not read.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>Where the time went, in words; null when nobody asked.</summary>
    public string? Statistics { get; init; }

    /// <summary>What hangs, and who must let go.</summary>
    public HangResult Conclude() => (_conclusion ??= new Conclusion()).Of(this);

    /// <summary>All threads judged, counted.</summary>
    public ReportSummary Summary
    {
        get
        {
            var kept = ReportSummary.Of(Findings);
            return kept with { Threads = kept.Threads + NoneNotKept, None = kept.None + NoneNotKept, LowConfidence = kept.LowConfidence + LowConfidenceNotKept };
        }
    }
}
