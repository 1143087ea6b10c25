using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Counts threads of processes that were not asked for and are blocked in callbacks, by what the kernel's structures say alone: no stack is walked.</summary>
internal static class OtherProcesses
{
    /// <summary>
    /// Whether the question costs little. A kernel over a connection takes a millisecond and more for each thread of the machine, which
    /// nobody asked for.
    /// </summary>
    public static bool MayBeAsked(DebugEngine engine) =>
        engine.Control.TryGetDebuggeeType(out _, out DebuggeeQualifier qualifier).Succeeded && qualifier != DebuggeeQualifier.Live;

    /// <summary>Threads in a callback that the kernel lets wait.</summary>
    /// <param name="threads">The threads of a process.</param>
    public static ImmutableArray<ThreadBlock> Waiting(IEnumerable<ThreadBlock> threads) =>
        [.. threads.Where(thread => thread.State is { IsWaiting: true, IsSystemThread: false } state && (state.CallbackDepth > 0 || state.HasCallbackStack == true))];

    /// <summary>How many of them wait for something other than messages, as far as that is sure; null for none.</summary>
    /// <param name="target">The process with these threads.</param>
    /// <param name="waits">What the kernel's structures say of waits.</param>
    public static BlockedProcess? Blocked(KernelTarget target, KernelWaits waits)
    {
        int windows = waits.Of(target, ImmutableDictionary<int, ThreadFinding>.Empty)
            .Count(thread => !thread.Waits.IsEmpty && target.BlockOf(thread.Thread).State.WaitReason == WaitReasons.WindowManager);
        int blocked = windows + target.Threads.Count(thread => target.BlockOf(thread).State.WaitReason is not (null or WaitReasons.WindowManager));
        return blocked == 0 ? null : new BlockedProcess(target.Block.Identity, blocked);
    }
}
