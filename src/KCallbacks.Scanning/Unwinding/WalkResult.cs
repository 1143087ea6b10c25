using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>What a walk found, whoever walked.</summary>
/// <param name="Frames">The frames, innermost first; empty when the walk had nothing to begin with.</param>
/// <param name="Extent">Complete, truncated, or failed when there are no frames.</param>
/// <param name="EndReason">Where and why the walk ended early; null when it is complete.</param>
public sealed record WalkResult(ImmutableArray<StackFrame> Frames, WalkExtent Extent, string? EndReason = null)
{
    /// <summary>Which frames may be missing besides those at the outer end.</summary>
    public MissingFrames Missing { get; init; }

    /// <summary>The walk with the names that the process gives its frames.</summary>
    public WalkResult NamedBy(IProcessView process) => this with { Frames = [.. Frames.Select(frame => frame.NamedBy(process))] };

    /// <summary>The thread that was walked, with these frames.</summary>
    public ThreadStack On(ThreadStack stack) => stack with { Frames = Frames, Walk = Extent, WalkEnd = EndReason, Missing = Missing };
}
