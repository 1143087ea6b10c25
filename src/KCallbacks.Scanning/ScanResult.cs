using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Scanning;

/// <summary>What a scan found.</summary>
public sealed record ScanResult
{
    /// <summary>One finding per thread judged, in the session's order.</summary>
    public required ImmutableArray<ThreadFinding> Findings { get; init; }

    /// <summary>The stacks that were kept, by <see cref="ThreadIdentity.Position"/>.</summary>
    public required IReadOnlyDictionary<int, ThreadStack> Stacks { get; init; }

    /// <summary>Where the memory of the stacks lies that were kept whole, by <see cref="ThreadIdentity.Position"/>; the bytes are not kept.</summary>
    public IReadOnlyDictionary<int, StackExtent> Extents { get; init; } = ImmutableDictionary<int, StackExtent>.Empty;

    /// <summary>Who waits for whom; null where the scan was not asked for waits.</summary>
    public WaitGraph? Waits { get; init; }

    /// <summary>Why a .NET runtime could not be asked about threads that need it; null where it could, or none does.</summary>
    public string? ManagedProblem { get; init; }

    /// <summary>False when the user stopped the scan: threads are missing, or were judged by their memory alone.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Threads of the process, or of all processes.</summary>
    public required int ThreadsInProcess { get; init; }

    /// <summary>Where the time went.</summary>
    public required ScanStatistics Statistics { get; init; }

    /// <summary>The stacks that were kept, in the session's order, each with the memory it was judged by, read again one at a time.</summary>
    /// <param name="process">The process that was scanned.</param>
    public IEnumerable<ThreadStack> StacksWithMemory(IProcessView process) => Stacks.OrderBy(stack => stack.Key)
        .Select(stack => Extents.TryGetValue(stack.Key, out StackExtent? extent) ? extent.ReadAgain(stack.Value, process) : stack.Value);

    /// <summary>One result of the scans of several processes, whose threads have different positions.</summary>
    public static ScanResult Join(IReadOnlyList<ScanResult> results) => results is [ScanResult only] ? only : new()
    {
        Findings = [.. results.SelectMany(result => result.Findings)],
        Stacks = results.SelectMany(result => result.Stacks).ToDictionary(),
        Extents = results.SelectMany(result => result.Extents).ToDictionary(),
        ManagedProblem = results.Select(result => result.ManagedProblem).FirstOrDefault(problem => problem is not null),
        IsComplete = results.All(result => result.IsComplete),
        ThreadsInProcess = results.Sum(result => result.ThreadsInProcess),
        Statistics = results.Aggregate(new ScanStatistics(), (sum, result) => sum + result.Statistics),
    };
}
