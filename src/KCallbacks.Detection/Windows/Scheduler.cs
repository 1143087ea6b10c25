using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>The functions of the kernel in which a thread gives up its processor, so that it runs no code further in.</summary>
internal static class Scheduler
{
    /// <summary>Whether a kernel function is one of them.</summary>
    public static bool Is(FunctionName name) =>
        name.StartsWith("KiSwap")
        || name.StartsWith("KiCommitThreadWait")
        || name.StartsWith("KeWaitFor")
        || name.StartsWith("KeDelayExecution")
        || name.StartsWith("KeRemoveQueue");
}
