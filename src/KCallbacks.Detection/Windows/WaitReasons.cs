using System.Collections.Immutable;
using System.Globalization;

namespace KCallbacks.Detection.Windows;

/// <summary>The names of KWAIT_REASON (wdm.h), as the debugger's <c>!thread</c> prints them.</summary>
public static class WaitReasons
{
    private static readonly ImmutableArray<string> Names =
    [
        "Executive", "FreePage", "PageIn", "PoolAllocation", "DelayExecution", "Suspended", "UserRequest", "WrExecutive",
        "WrFreePage", "WrPageIn", "WrPoolAllocation", "WrDelayExecution", "WrSuspended", "WrUserRequest", "WrEventPair", "WrQueue",
        "WrLpcReceive", "WrLpcReply", "WrVirtualMemory", "WrPageOut", "WrRendezvous", "WrKeyedEvent", "WrTerminated", "WrProcessInSwap",
        "WrCpuRateControl", "WrCalloutStack", "WrKernel", "WrResource", "WrPushLock", "WrMutex", "WrQuantumEnd", "WrDispatchInt",
        "WrPreempted", "WrYieldExecution", "WrFastMutex", "WrGuardedMutex", "WrRundown", "WrAlertByThreadId", "WrDeferredPreempt", "WrPhysicalFault",
    ];

    /// <summary>The name of a reason; its number where it has none.</summary>
    public static string NameOf(byte reason) => reason < Names.Length ? Names[reason] : string.Create(CultureInfo.InvariantCulture, $"reason {reason}");
}
