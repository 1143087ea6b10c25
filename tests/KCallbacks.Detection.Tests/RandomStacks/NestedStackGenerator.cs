namespace KCallbacks.Detection.Tests.RandomStacks;

/// <summary>Builds the stack of a thread from its start inwards: code, a window call, the callback in it, code, ...</summary>
internal sealed class NestedStackGenerator(int seed, Spelling spelling)
{
    private static readonly string[] RoutineNames =
    [
        "fnDWORD", "fnINLPCREATESTRUCT", "fnHkINLPMSG", "fnHkINDWORD", "fnSENTDDEMSG", "fnIMECONTROL", "fnINOUTLPPOINT5", "ClientLoadLibrary",
        "ClientThreadSetup", "ClientCallWinEventProc", "ClientMonitorEnumProc", "ClientPrinterThunk", "ClientCopyDDEIn1", "ClientImmProcessKey",
        "ClientGetMessageMPH", "ClientWaitMessageExMPH", "xxxClientCallDelegateThread", "xxxClientFreeWindowClassExtraBytes",
    ];

    private static readonly string[] EntryNames =
    [
        "UserMessageCall", "UserDispatchMessage", "UserGetMessage", "UserPeekMessage", "UserCreateWindowEx", "UserDestroyWindow", "UserSetWindowPos",
        "UserWaitMessage", "UserEnumDisplayMonitors", "UserCallNoParam", "GdiInit", "GdiOpenPrinter",
    ];

    private static readonly string[] Code =
    [
        "app!WndProc+0x41", "app!Window::OnPaint(class Dc &)+0x1a3", "app+0x1234", "comctl32!ListView_OnCreate+0x8", "USER32!UserCallWinProcCheckWow+0x2f8",
        "USER32!DispatchClientMessage+0x9c", "USER32!DispatchHookW+0x24", "USER32!fnHkINLPCWPSTRUCTW+0x5f", "USER32!SendMessageW+0xda", "KERNELBASE!CloseHandle+0x3",
        "ntdll!TppWorkpExecuteCallback+0x3e", "ntdll!LdrpCallInitRoutine+0x14", "ntdll!KiUserApcDispatcher+0x2e", "ntdll!KiUserExceptionDispatcher+0x2e",
        "app!ZwCallbackReturn+0x4", "hook!OnCallbackReturn+0x4", "DangerOfUserModeCallback!run+0x2", "System_Windows_Forms_ni+0x20e31", "mso!Ordinal4711+0x2bd0",
        "clr!CallDescrWorkerInternal+0x83", "combase!ThreadProcessMessage+0x12",
    ];

    private static readonly string[] Waits = ["ntdll!NtWaitForSingleObject+0x14", "ntdll!ZwDelayExecution+0xa", "win32u!NtUserMessageCall+0x14", "ntdll!NtAlpcSendWaitReceivePort+0x14"];

    private static readonly string[] KernelWait = ["nt!KiSwapContext+0x76", "nt!KiCommitThreadWait+0x134", "win32kfull!xxxRealSleepThread+0x2c9", "somedriver!Filter+0x10", "nt!KiSystemServiceCopyEnd+0x25"];

    private static readonly string[] KernelCallout = ["nt!KiCallUserMode+0x4", "nt!KeUserModeCallback+0x8f", "win32k!SfnDWORD+0xb4", "win32k!xxxSendMessage+0x1b", "nt!KiFastCallEntry+0xfc"];

    private static readonly string[] Start = ["KERNEL32!BaseThreadInitThunk+0x14", "ntdll!RtlUserThreadStart+0x21"];

    private readonly Random _random = new(seed);

    /// <summary>A thread with so many callbacks nested.</summary>
    public Nested Build(int depth)
    {
        var outermostFirst = new List<string>(Start.Reverse());
        var routines = new List<string?>();
        var entries = new List<string?>();
        for (int level = 0; level < depth; level++)
        {
            AddCode(outermostFirst);
            AddCallback(outermostFirst, routines, entries);
        }

        bool isAtReturn = depth > 0 && _random.Next(4) == 0;
        AddInnermost(outermostFirst, isAtReturn);
        outermostFirst.Reverse();
        routines.Reverse();
        entries.Reverse();
        return new(PrintedStack.Of(string.Join(';', outermostFirst)), routines, entries, isAtReturn);
    }

    private void AddCode(List<string> frames)
    {
        int count = _random.Next(1, 6);
        for (int i = 0; i < count; i++)
            frames.Add(_random.Next(12) == 0 ? "0x7ff812345678" : Pick(Code));
    }

    private void AddCallback(List<string> frames, List<string?> routines, List<string?> entries)
    {
        entries.Add(AddEntry(frames));
        string dispatcher = spelling.Dispatcher + Displacement(spelling.DispatcherDisplacement);
        if (spelling.HasKernelHalf)
        {
            frames.Add(dispatcher); // the artefact
            frames.Add(spelling.FastSystemCall!);
            frames.AddRange(KernelCallout.Reverse());
        }

        frames.Add(dispatcher);
        routines.Add(AddRoutine(frames));
    }

    private string? AddEntry(List<string> frames)
    {
        if (spelling.StubModule is null)
        {
            frames.Add("USER32!RedrawWindow+0xb0");
            return null;
        }

        string name = Pick(EntryNames);
        string decoration = spelling.StubPrefix.StartsWith('_') ? "@16()" : "";
        frames.Add($"{spelling.StubModule}!{spelling.StubPrefix}{name}{decoration}{Displacement(spelling.StubDisplacement)}");
        return "Nt" + name;
    }

    private string? AddRoutine(List<string> frames)
    {
        if (spelling.RoutinePrefix is null)
        {
            frames.Add("USER32!GetScrollBarInfo+0x16c");
            return null;
        }

        string name = Pick(RoutineNames);
        frames.Add($"{spelling.RoutinePrefix}{name}{spelling.RoutineSuffix}{(spelling.DispatcherDisplacement is null ? "" : "+0x33")}");
        if (spelling.RoutinePrefix.StartsWith("wow64win", StringComparison.Ordinal))
            frames.Add("wow64!Wow64KiUserCallbackDispatcher+0x204");
        return name;
    }

    private void AddInnermost(List<string> frames, bool isAtReturn)
    {
        if (isAtReturn)
        {
            frames.Add(_random.Next(2) == 0 ? "ntdll!NtCallbackReturn+0x14" : "ntdll!ZwCallbackReturn+0xa");
        }
        else
        {
            AddCode(frames);
            frames.Add(Pick(Waits));
        }

        if (spelling.FastSystemCall is not null)
            frames.Add(spelling.FastSystemCall);
        if (_random.Next(3) == 0)
            frames.AddRange(KernelWait.Reverse());
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private static string Displacement(ulong? displacement) => displacement is { } bytes ? $"+0x{bytes:x}" : "";
}
