using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>How far the scan of one thread is.</summary>
/// <param name="stack">What was read of it.</param>
/// <param name="evidence">What its memory shows.</param>
/// <param name="finding">What was found; null when it is not judged yet.</param>
internal sealed class ScannedThread(ThreadStack stack, MemoryEvidence evidence, ThreadFinding? finding)
{
    /// <summary>The thread.</summary>
    public ThreadIdentity Identity { get; } = stack.Thread;

    /// <summary>What was read and walked of it, as far as that is still needed.</summary>
    public ThreadStack? Stack { get; private set; } = stack;

    /// <summary>Bytes of its stack that were read.</summary>
    public int BytesRead { get; private set; } = LengthOf(stack);

    /// <summary>Where the memory lies that it is judged by; null when it is judged without, or when nobody will read it again.</summary>
    public StackExtent? Extent { get; private set; }

    /// <summary>What its memory shows, also where the memory itself is not kept.</summary>
    public MemoryEvidence Evidence { get; private set; } = evidence;

    /// <summary>What was found; null until it is judged.</summary>
    public ThreadFinding? Finding { get; private set; } = finding;

    /// <summary>The thread is judged by what is known of it; memory that was read for the first time is counted.</summary>
    public void Judge(ThreadStack stack, MemoryEvidence evidence, ThreadFinding finding)
    {
        Stack = stack;
        BytesRead = Math.Max(BytesRead, LengthOf(stack));
        Evidence = evidence;
        Finding = finding;
    }

    /// <summary>Only this much of its stack is kept, and where its memory lies.</summary>
    public void Keep(ThreadStack? stack, StackExtent? extent)
    {
        Stack = stack;
        Extent = extent;
    }

    private static int LengthOf(ThreadStack stack) => stack.Memory?.Bytes.Length ?? 0;
}
