using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>What a scan found.</summary>
public sealed record ScanResult
{
    /// <summary>One finding per thread judged, in the session's order.</summary>
    public required ImmutableArray<ThreadFinding> Findings { get; init; }

    /// <summary>The stacks that were kept, by <see cref="ThreadIdentity.Position"/>.</summary>
    public required ImmutableDictionary<int, ThreadStack> Stacks { get; init; }

    /// <summary>False when the user stopped the scan: threads are missing, or were judged by their memory alone.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Threads of the process, or of all processes.</summary>
    public required int ThreadsInProcess { get; init; }

    /// <summary>Where the time went.</summary>
    public required ScanStatistics Statistics { get; init; }

    /// <summary>One result of the scans of several processes, whose threads have different positions.</summary>
    public static ScanResult Join(IReadOnlyList<ScanResult> results) => results is [ScanResult only] ? only : new()
    {
        Findings = [.. results.SelectMany(result => result.Findings)],
        Stacks = results.SelectMany(result => result.Stacks).ToImmutableDictionary(),
        IsComplete = results.All(result => result.IsComplete),
        ThreadsInProcess = results.Sum(result => result.ThreadsInProcess),
        Statistics = results.Aggregate(new ScanStatistics(), (sum, result) => sum + result.Statistics),
    };
}
