using KCallbacks.Triage.Store;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary>What the user asked of <c>kcallbacks triage</c>.</summary>
/// <param name="Store">The folder of the store.</param>
/// <param name="Jobs">How many processes read inputs at a time.</param>
/// <param name="Shard">Which part of the inputs.</param>
/// <param name="Limits">What one input may take.</param>
internal sealed record TriageOptions(string Store, int Jobs, Shard Shard, WorkerLimits Limits)
{
    /// <summary>Whether inputs that failed are done again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether rows have the whole report.</summary>
    public bool Full { get; init; }

    /// <summary>Images of the modules that dumps do not hold; null for none.</summary>
    public string? Images { get; init; }
}
