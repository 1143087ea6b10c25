using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Verdicts;

namespace KCallbacks.Detection;

/// <summary>Judges the threads of one process. Safe to use from several threads if the process view is.</summary>
/// <param name="process">The process; <see cref="UnknownProcess"/> where there are only printed stacks.</param>
public sealed class CallbackDetector(IProcessView process)
{
    /// <summary>The process whose threads are judged.</summary>
    public IProcessView Process => process;

    /// <summary>Says whether a thread is in a kernel-to-user callback, and why. Never throws for what a stack holds.</summary>
    public ThreadFinding Judge(ThreadStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(process);
        return FrameVerdict.Of(stack, FrameEvidence.Of(stack.Frames));
    }
}
