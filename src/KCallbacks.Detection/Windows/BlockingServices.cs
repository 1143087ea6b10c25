namespace KCallbacks.Detection.Windows;

/// <summary>What system calls wait for, and so what their arguments mean (winternl.h, phnt).</summary>
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

    /// <summary>(port, flags, message to send, ..)</summary>
    Call,

    /// <summary>The answer of a server, by the calls before ALPC.</summary>
    PortOfOldKind,

    /// <summary>A file, device or completion port.</summary>
    InputOutput,

    /// <summary>Work for a pool of threads.</summary>
    Work,
}

/// <summary>Knows the calls by name.</summary>
internal static class BlockingServices
{
    /// <summary>The service of <c>NtUserMessageCall</c>: sending messages, and the default processing of many.</summary>
    public const string MessageCall = "UserMessageCall";

    /// <summary>The stub of the service that waits by address.</summary>
    public const string AlertStub = $"{SystemModules.Ntdll}!Nt{Alert}";

    private const string Alert = "WaitForAlertByThreadId";

    private static readonly Dictionary<string, BlockingService> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["WaitForSingleObject"] = BlockingService.Object,
        ["SignalAndWaitForSingleObject"] = BlockingService.SignalAndObject,
        ["WaitForMultipleObjects"] = BlockingService.Objects,
        ["UserMsgWaitForMultipleObjectsEx"] = BlockingService.ObjectsOrMessages,
        [Alert] = BlockingService.Alert,
        ["WaitForKeyedEvent"] = BlockingService.KeyedEvent,
        [MessageCall] = BlockingService.Message,
        ["UserGetMessage"] = BlockingService.Input,
        ["UserPeekMessage"] = BlockingService.Input,
        ["UserWaitMessage"] = BlockingService.Input,
        ["UserRealInternalGetMessage"] = BlockingService.Input,
        ["UserRealWaitMessageEx"] = BlockingService.Input,
        ["UserWaitAvailableMessageEx"] = BlockingService.Input,
        ["DelayExecution"] = BlockingService.Sleep,
        ["AlpcSendWaitReceivePort"] = BlockingService.Call,
        ["RequestWaitReplyPort"] = BlockingService.PortOfOldKind,
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

    /// <summary>What a service waits for.</summary>
    /// <param name="service">Its name without <c>Nt</c> or <c>Zw</c>.</param>
    public static BlockingService KindOf(ReadOnlySpan<char> service) => BySpan.TryGetValue(service, out BlockingService kind) ? kind : BlockingService.None;

    /// <summary>The same of a function of Windows that makes such a call, where the stub itself has no name.</summary>
    /// <param name="function">Its name.</param>
    public static BlockingService OfFunction(ReadOnlySpan<char> function) => function switch
    {
        "WaitForSingleObject" or LockFunctions.WaitForObject => BlockingService.Object,
        "WaitForMultipleObjects" or "WaitForMultipleObjectsEx" => BlockingService.Objects,
        "Sleep" or "SleepEx" => BlockingService.Sleep,
        "GetMessageA" or "GetMessageW" or "WaitMessage" => BlockingService.Input,
        "MsgWaitForMultipleObjects" or "MsgWaitForMultipleObjectsEx" => BlockingService.ObjectsOrMessages,
        _ => BlockingService.None,
    };
}
