using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>How far the scan of one thread is.</summary>
/// <param name="Stack">What was read and walked of it; null when that is no longer needed.</param>
/// <param name="BytesRead">Bytes of its stack that were read.</param>
internal sealed record ScannedThread(ThreadStack? Stack, int BytesRead)
{
    /// <summary>A thread that was read.</summary>
    public ScannedThread(ThreadStack stack)
        : this(stack, stack.MemorySize()) => Extent = StackExtent.Of(stack);

    /// <summary>Where the memory lies that it is judged by; null when it is judged without.</summary>
    public StackExtent? Extent { get; init; }

    /// <summary>What its memory shows, also where the memory itself is not kept.</summary>
    public MemoryEvidence Evidence { get; init; }

    /// <summary>What was found; null until it is judged.</summary>
    public ThreadFinding? Finding { get; init; }

    /// <summary>The thread when it is judged; memory that was read for the first time is counted.</summary>
    public ScannedThread Judged(ThreadStack stack, MemoryEvidence evidence, ThreadFinding finding) => this with
    {
        Stack = stack,
        BytesRead = Math.Max(BytesRead, stack.MemorySize()),
        Extent = StackExtent.Of(stack),
        Evidence = evidence,
        Finding = finding,
    };

    /// <summary>The thread when only this much of its stack is kept.</summary>
    public ScannedThread Keeping(ThreadStack? stack) => this with { Stack = stack };
}
