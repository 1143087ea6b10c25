using System.Collections.Immutable;

namespace KCallbacks.Detection.HangShapes;

/// <summary>The shapes that recordings of hung threads show, the more telling before the general.</summary>
internal static class ShapeRules
{
    /// <summary>The id of the shape of a wait for the loader's lock.</summary>
    public const string LoaderLockId = "loader-lock";

    /// <summary>The id of the shape of a wait for a lock of the process's own.</summary>
    public const string LockId = "lock";

    /// <summary>The id of the shape of a wait for the answer to a COM call.</summary>
    public const string ComCallId = "com-call";

    /// <summary>The id of the shape of a wait for the answer to a remote procedure call.</summary>
    public const string RpcCallId = "rpc-call";

    /// <summary>The shape of a wait for a lock of the process's own.</summary>
    public const string LockName = "waiting on a lock";

    /// <summary>The shape of a callback that takes messages.</summary>
    public const string PumpName = "nested message pump";

    private static readonly ImmutableArray<FramePattern> EntryPoint = Functions("ntdll!LdrpCallInitRoutine*");

    private static readonly ImmutableArray<FramePattern> ModalLoops = Functions(
        "user32!DialogBox2", "user32!DialogBoxIndirectParam*", "user32!DialogBoxParam*", "user32!InternalDialogBox", "user32!SoftModalMessageBox",
        "user32!MessageBox*", "user32!TrackPopupMenu*", "user32!NtUserTrackPopupMenuEx", "win32u!NtUserTrackPopupMenuEx", "!DoDragDrop",
        "comdlg32!GetOpenFileName*", "comdlg32!GetSaveFileName*");

    private static readonly ImmutableArray<FramePattern> MessagePumps = Functions(
        "user32!GetMessage*", "user32!PeekMessage*", "user32!DispatchMessage*", "user32!WaitMessage", "user32!MsgWaitForMultipleObjects*", "!NtUserGetMessage",
        "!NtUserPeekMessage", "!NtUserWaitMessage", "!NtUserDispatchMessage", "!NtUserMsgWaitForMultipleObjectsEx");

    private static readonly ImmutableArray<FramePattern> Locks = Functions(
        "ntdll!RtlEnterCriticalSection", "ntdll!RtlpEnterCriticalSection*", "ntdll!RtlpWaitOnCriticalSection", "ntdll!RtlpWaitForCriticalSection",
        "ntdll!RtlAcquireSRWLock*", "ntdll!RtlpAcquireSRWLock*", "ntdll!RtlAcquireResource*",
        "!*RawMutex::lock_slow*", "!*RawRwLock::lock_exclusive_slow*", "!*RawRwLock::lock_shared_slow*", "!*Mutex::lock_contended*", "!*RwLock::write_contended*",
        "!*RwLock::read_contended*", "!*std::_Mutex_base::lock*", "!*stl_critical_section_*::lock*", "!_Mtx_lock", "!mtx_do_lock", "!*QBasicMutex::lockInternal*",
        "!*QMutex::lockInternal*", "!*absl::Mutex::Lock*", "!*LockImpl::Lock*", "!*Monitor.Enter*", "!*Monitor.ReliableEnter*", "!*AwareLock::Enter*", "!JITutil_MonContention",
        "!JIT_MonEnter*", "!pthread_mutex_lock");

    private static readonly ImmutableArray<FramePattern> ComCalls = Functions(
        "combase!CSyncClientCall", "combase!CCliModalLoop", "combase!ThreadSendReceive", "combase!ModalLoop", "combase!CRpcChannelBuffer",
        "ole32!CCliModalLoop", "ole32!ThreadSendReceive", "ole32!ModalLoop", "ole32!CRpcChannelBuffer");

    /// <summary>All shapes that callbacks have.</summary>
    public static ImmutableArray<ShapeRule> All { get; } =
    [
        new(ShapeQuestion.Purpose, "library-entry-point", "entry point of a hook library, under the loader lock", ShapePlace.Routine, Functions("!ClientLoadLibrary", "!whcbClientLoadLibrary"))
        {
            AlsoInside = EntryPoint,
        },
        new(ShapeQuestion.Purpose, "library-load", "loading of a hook library", ShapePlace.Routine, Functions("!ClientLoadLibrary", "!whcbClientLoadLibrary")),
        new(ShapeQuestion.Purpose, "appinit-libraries", "AppInit libraries at a thread's first window call", ShapePlace.Routine, Functions("!ClientThreadSetup", "!whcbClientThreadSetup"))
        {
            AlsoInside = Functions("!LoadAppInitDlls", "!BasepLoadAppInitDlls"),
        },
        new(ShapeQuestion.Purpose, "thread-setup", "first window call of a thread", ShapePlace.Routine, Functions("!ClientThreadSetup", "!whcbClientThreadSetup")),
        new(ShapeQuestion.Purpose, "low-level-keyboard-hook", "low-level keyboard hook, which Windows skips after LowLevelHooksTimeout", ShapePlace.Routine, Functions("!fnHkINLPKBDLLHOOKSTRUCT", "!whcbfnHkINLPKBDLLHOOKSTRUCT")),
        new(ShapeQuestion.Purpose, "low-level-mouse-hook", "low-level mouse hook, which Windows skips after LowLevelHooksTimeout", ShapePlace.Routine, Functions("!fnHkINLPMSLLHOOKSTRUCT", "!whcbfnHkINLPMSLLHOOKSTRUCT")),
        new(ShapeQuestion.Purpose, "hook", "hook procedure", ShapePlace.Routine, Functions("!fnHk*", "!whcbfnHk*")),
        new(ShapeQuestion.Purpose, "win-event", "WinEvent procedure", ShapePlace.Routine, Functions("!ClientCallWinEventProc", "!whcbClientCallWinEventProc")),
        new(ShapeQuestion.Purpose, "printer-driver", "printer driver in user mode", ShapePlace.Routine, Functions("!ClientPrinterThunk", "!whcbClientPrinterThunk")),
        new(ShapeQuestion.Purpose, "input-method", "input method", ShapePlace.Routine, Functions("!ClientImm*", "!whcbClientImm*", "!fnIMECONTROL", "!whcbfnIMECONTROL")),
        new(ShapeQuestion.Purpose, "dde", "dynamic data exchange", ShapePlace.Routine, Functions("!ClientCopyDDE*", "!ClientGetDDE*", "!fnSENTDDEMSG", "!whcbClientCopyDDE*", "!whcbfnSENTDDEMSG")),
        new(ShapeQuestion.Purpose, "monitor-enumeration", "monitor enumeration", ShapePlace.Routine, Functions("!ClientMonitorEnumProc", "!whcbClientMonitorEnumProc")),

        new(ShapeQuestion.Wait, LoaderLockId, "waiting for the loader lock", ShapePlace.Inside, Functions("ntdll!LdrpAcquireLoaderLock", "ntdll!LdrLockLoaderLock", "ntdll!LdrpDrainWorkQueue")),
        new(ShapeQuestion.Wait, LockId, LockName, ShapePlace.Inside, Locks),
        new(ShapeQuestion.Wait, ComCallId, "waiting for a COM call", ShapePlace.Inside, ComCalls),
        new(ShapeQuestion.Wait, RpcCallId, "waiting for a remote procedure call", ShapePlace.Inside, Functions("rpcrt4!NdrClientCall*", "rpcrt4!NdrpClientCall*", "rpcrt4!I_RpcSendReceive", "rpcrt4!LRPC_*")),

        new(ShapeQuestion.Loop, "modal-loop", "modal loop", ShapePlace.Inside, ModalLoops),
        new(ShapeQuestion.Loop, "message-pump", PumpName, ShapePlace.Inside, MessagePumps),

        new(ShapeQuestion.Component, "ui-automation", "UI Automation", ShapePlace.Inside, Functions("uiautomationcore!*")),
        new(ShapeQuestion.Component, "text-services", "text services", ShapePlace.Inside, Functions("msctf!*")),

        new(ShapeQuestion.Origin, "from-library-entry-point", "entered from a library's entry point, under the loader lock", ShapePlace.Outside, EntryPoint),
        new(ShapeQuestion.Origin, "from-modal-loop", "entered from a modal loop", ShapePlace.Outside, ModalLoops),
    ];

    private static ImmutableArray<FramePattern> Functions(params string[] patterns) => [.. patterns.Select(pattern => new FramePattern(pattern))];
}
