using System.Collections.Immutable;
using System.Globalization;

namespace KCallbacks.Detection.Windows;

/// <summary>The names of KWAIT_REASON (wdm.h), as the debugger's <c>!thread</c> prints them.</summary>
public static class WaitReasons
{
    /// <summary>For objects, on behalf of a driver.</summary>
    public const string Executive = "Executive";

    /// <summary>For objects, on behalf of a program.</summary>
    public const string UserRequest = "UserRequest";

    /// <summary>In the window manager: for messages, or for the answer to one.</summary>
    public const string WindowManager = "WrUserRequest";

    /// <summary>For the answer of a server.</summary>
    public const string Reply = "WrLpcReply";

    /// <summary>For a resource.</summary>
    public const string Resource = "WrResource";

    /// <summary>For a fast mutex.</summary>
    public const string FastMutex = "WrFastMutex";

    /// <summary>For a guarded mutex.</summary>
    public const string GuardedMutex = "WrGuardedMutex";

    /// <summary>For a mutex of the kernel.</summary>
    public const string Mutex = "WrMutex";

    /// <summary>By address: critical sections, slim locks, condition variables, WaitOnAddress.</summary>
    public const string Address = "WrAlertByThreadId";

    private static readonly ImmutableArray<string> Names =
    [
        Executive, "FreePage", "PageIn", "PoolAllocation", "DelayExecution", "Suspended", UserRequest, "WrExecutive",
        "WrFreePage", "WrPageIn", "WrPoolAllocation", "WrDelayExecution", "WrSuspended", WindowManager, "WrEventPair", "WrQueue",
        "WrLpcReceive", Reply, "WrVirtualMemory", "WrPageOut", "WrRendezvous", "WrKeyedEvent", "WrTerminated", "WrProcessInSwap",
        "WrCpuRateControl", "WrCalloutStack", "WrKernel", Resource, "WrPushLock", Mutex, "WrQuantumEnd", "WrDispatchInt",
        "WrPreempted", "WrYieldExecution", FastMutex, GuardedMutex, "WrRundown", Address, "WrDeferredPreempt", "WrPhysicalFault",
    ];

    /// <summary>The name of a reason; its number where it has none.</summary>
    public static string NameOf(byte reason) => reason < Names.Length ? Names[reason] : string.Create(CultureInfo.InvariantCulture, $"reason {reason}");
}
