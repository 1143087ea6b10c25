using KCallbacks.Detection.SystemCalls;

namespace KCallbacks.Detection.Waits;

/// <summary>What system calls wait for, and so what their arguments mean.</summary>
internal enum BlockingService
{
    /// <summary>Not one that waits, as far as is known.</summary>
    None,

    /// <summary>(handle, alertable, time)</summary>
    Object,

    /// <summary>(handle to signal, handle, alertable, time)</summary>
    SignalAndObject,

    /// <summary>(count, handles, all or any, alertable, time)</summary>
    Objects,

    /// <summary>(count, handles, milliseconds, messages)</summary>
    ObjectsOrMessages,

    /// <summary>(address, time)</summary>
    Alert,

    /// <summary>(handle, key, alertable, time)</summary>
    KeyedEvent,

    /// <summary>(window, message, wParam, lParam, extra, type)</summary>
    Message,

    /// <summary>The next message.</summary>
    Input,

    /// <summary>(alertable, time)</summary>
    Sleep,

    /// <summary>The answer of a server.</summary>
    Call,

    /// <summary>A file, device or completion port.</summary>
    InputOutput,

    /// <summary>Work for a pool of threads.</summary>
    Work,
}

/// <summary>Knows the calls by name.</summary>
internal static class BlockingServices
{
    private static readonly Dictionary<string, BlockingService> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["WaitForSingleObject"] = BlockingService.Object,
        ["SignalAndWaitForSingleObject"] = BlockingService.SignalAndObject,
        ["WaitForMultipleObjects"] = BlockingService.Objects,
        ["UserMsgWaitForMultipleObjectsEx"] = BlockingService.ObjectsOrMessages,
        ["WaitForAlertByThreadId"] = BlockingService.Alert,
        ["WaitForKeyedEvent"] = BlockingService.KeyedEvent,
        ["UserMessageCall"] = BlockingService.Message,
        ["UserGetMessage"] = BlockingService.Input,
        ["UserPeekMessage"] = BlockingService.Input,
        ["UserWaitMessage"] = BlockingService.Input,
        ["UserRealInternalGetMessage"] = BlockingService.Input,
        ["UserRealWaitMessageEx"] = BlockingService.Input,
        ["UserWaitAvailableMessageEx"] = BlockingService.Input,
        ["DelayExecution"] = BlockingService.Sleep,
        ["AlpcSendWaitReceivePort"] = BlockingService.Call,
        ["RequestWaitReplyPort"] = BlockingService.Call,
        ["ReadFile"] = BlockingService.InputOutput,
        ["WriteFile"] = BlockingService.InputOutput,
        ["DeviceIoControlFile"] = BlockingService.InputOutput,
        ["FsControlFile"] = BlockingService.InputOutput,
        ["FlushBuffersFile"] = BlockingService.InputOutput,
        ["FlushBuffersFileEx"] = BlockingService.InputOutput,
        ["LockFile"] = BlockingService.InputOutput,
        ["QueryDirectoryFile"] = BlockingService.InputOutput,
        ["CreateFile"] = BlockingService.InputOutput,
        ["OpenFile"] = BlockingService.InputOutput,
        ["QueryAttributesFile"] = BlockingService.InputOutput,
        ["RemoveIoCompletion"] = BlockingService.InputOutput,
        ["RemoveIoCompletionEx"] = BlockingService.InputOutput,
        ["WaitForWorkViaWorkerFactory"] = BlockingService.Work,
        ["WorkerFactoryWorkerReady"] = BlockingService.Work,
        ["ReplyWaitReceivePort"] = BlockingService.Work,
        ["ReplyWaitReceivePortEx"] = BlockingService.Work,
    };

    private static readonly Dictionary<string, BlockingService>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a call waits for.</summary>
    public static BlockingService KindOf(SystemCall call) => BySpan.TryGetValue(call.Service, out BlockingService kind) ? kind : BlockingService.None;
}
