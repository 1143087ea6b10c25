using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>A stack that was judged, and the finding: targets hand the same stack over once for each thread that has it.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Finding">What was found.</param>
internal sealed record JudgedStack(ThreadStack Stack, ThreadFinding Finding)
{
    /// <summary>A shorter stack is judged faster than it is compared.</summary>
    public const int FewestFrames = 16;

    /// <summary>Whether a stack is the same object in all but the thread.</summary>
    public bool IsOf(ThreadStack stack) =>
        stack.Frames.Length >= FewestFrames
        && stack.Frames.Equals(Stack.Frames)
        && stack with { Thread = Stack.Thread } == Stack;
}
