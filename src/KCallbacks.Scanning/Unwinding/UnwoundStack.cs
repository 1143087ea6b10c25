using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>What a walk found.</summary>
/// <param name="Frames">The frames without names, innermost first; empty when the walk had nothing to begin with.</param>
/// <param name="Extent">Complete, truncated, or failed when there are no frames.</param>
/// <param name="End">Where and why the walk ended early; null when it is complete.</param>
public sealed record UnwoundStack(ImmutableArray<StackFrame> Frames, WalkExtent Extent, string? End)
{
    /// <summary>A thread with these frames, which the process names.</summary>
    public ThreadStack On(ThreadStack stack, IProcessView process) => stack with { Frames = [.. Frames.Select(frame => frame.NamedBy(process))], Walk = Extent };
}
