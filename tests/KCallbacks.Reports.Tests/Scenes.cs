using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using static KCallbacks.Reports.Tests.Scene;

namespace KCallbacks.Reports.Tests;

/// <summary>The situations that the output was designed for.</summary>
internal static class Scenes
{
    private const string AlertWait = "ntdll!NtWaitForAlertByThreadId";

    /// <summary>All of them by name.</summary>
    public static IEnumerable<(string Name, Report Report)> All =>
    [
        ("simple", Simple), ("deadlock", Deadlock), ("library", Library), ("reentered", Reentered), ("idle", Idle), ("posted", Posted),
        ("crowd", Crowd(complete: true)), ("ownerless", Ownerless), ("partial", Crowd(complete: false)), ("chains", Chains),
    ];

    /// <summary>Two windows and a worker wait for a section whose owner sleeps.</summary>
    private static Report Simple => new Scene()
        .Add(0, Message(0xf, "WM_PAINT", "app!MainWndProc"), place: AlertWait, waits: Section("app!g_map", 7))
        .Add(3, Message(5, "WM_SIZE", "app!ChildWndProc", "win32u!NtUserSetWindowPos"), place: AlertWait, waits: Section("app!g_map", 7))
        .Add(7, function: "app!Refresh", place: "ntdll!NtDelayExecution", waits: Ownerless(WaitKind.Sleep))
        .Add(9, Hook("WH_GETMESSAGE", "hook!Filter"), place: "hook!Pack")
        .Add(11, function: "app!Worker", place: AlertWait, waits: Section("app!g_map", 7))
        .AddIdle(1, 2, 4, 5, 6, 8, 10, 12, 13)
        .Report;

    /// <summary>A deadlock over SendMessage, threads behind it, and a wait of its own beside.</summary>
    private static Report Deadlock => new Scene()
        .Add(0, Message(0x8005, "WM_APP+0x5", "app!MainWndProc", "win32u!NtUserPeekMessage"), depth: 2, place: AlertWait, waits: Section("app!g_doc", 4))
        .Add(4, function: "app!SaveThread", place: "win32u!NtUserMessageCall", waits: Window(0x10040, "WM_APP+0x5", 0))
        .Add(2, Message(0xf, "WM_PAINT", "app!ToolWndProc"), place: AlertWait, waits: Section("app!g_doc", 4))
        .Add(9, function: "app!Indexer", place: AlertWait, waits: Section("app!g_ui", 0))
        .Add(12, function: "app!Notify", place: "win32u!NtUserMessageCall", waits: Window(0x10040, "WM_NULL", 0, isHandled: false)).Until(TimeSpan.FromSeconds(5))
        .Add(6, Message(0x113, "WM_TIMER", "app!PollWndProc"), place: "ntdll!NtWaitForSingleObject", waits: Ownerless(WaitKind.Event, handle: 0x1c4))
        .AddIdle(1, 3, 5, 7, 8, 10, 11, 13, 14, 15)
        .Report;

    /// <summary>A hook's library waits in its entry point for a thread that waits for the loader lock.</summary>
    private static Report Library => new Scene()
        .Add(10, Load("hook!DllMain"), place: AlertWait, waits: Section("hook!g_state", 11))
        .Add(11, function: "hook!Worker", place: AlertWait, waits: Section("", 10) with { Kind = WaitKind.LoaderLock })
        .Add(14, function: "ntdll!LdrpInitializeThread", place: AlertWait, waits: Section("", 10) with { Kind = WaitKind.LoaderLock })
        .AddIdle(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17)
        .Report;

    /// <summary>A lock that cannot be taken twice, in code that stands on both sides of a callback.</summary>
    private static Report Reentered => new Scene()
        .Add(0, Message(0xf, "WM_PAINT", "app!MainWndProc"), depth: 2, place: AlertWait, waits: Ownerless(WaitKind.SlimLock, 0x7ff6_1000_a100, symbol: "app!g_view") with { Owners = [new WaitOwner(IdOf(0), 0)], Proof = WaitProof.Likely })
        .Showing(new HangShape("re-entered", "re-entered: waits for a lock that its own outer frame may hold", [5, 0x1c]))
        .AddIdle(1, 2, 3, 4, 5, 6, 7, 8)
        .Report;

    private static Report Idle => new Scene()
        .Add(0, new Callback { Routine = "USER32!_fnDWORD", Handler = "comdlg32!Shell::Dialogs::FileDialog::OpenDlg", Confidence = Confidence.High }, place: "win32u!NtUserGetMessage", waits: new Wait { Kind = WaitKind.Input })
        .Add(1, function: "app!Second", place: "win32u!NtUserGetMessage", waits: new Wait { Kind = WaitKind.Input })
        .AddIdle(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        .Report;

    /// <summary>The handler of a posted message runs in no callback and hangs its window all the same.</summary>
    private static Report Posted => new Scene()
        .Add(0, function: "app!MainWndProc", place: AlertWait, waits: Section("app!g_doc", 4)).FromItsLoop()
        .Add(4, function: "app!Calc", place: "app!Compute")
        .AddIdle(1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        .Report;

    private static Report Ownerless => new Scene()
        .Add(0, Message(0xf, "WM_PAINT", "app!MainWndProc"), place: "ntdll!NtWaitForSingleObject", waits: Ownerless(WaitKind.Event, handle: 0x1c4, name: @"\Sessions\1\BaseNamedObjects\app-ready"))
        .Add(5, Message(0x113, "WM_TIMER", "app!PollWndProc"), place: AlertWait, waits: Ownerless(WaitKind.SlimLock, 0x7ff6_1000_a200, symbol: "app!g_tree", state: "held exclusively"))
        .Add(8, function: "app!Worker", place: AlertWait, waits: Ownerless(WaitKind.SlimLock, 0x7ff6_1000_a200, symbol: "app!g_tree", state: "held exclusively"))
        .AddIdle(1, 2, 3, 4, 6, 7, 9, 10, 11, 12, 13)
        .Report;

    /// <summary>Two chains, and one that is none because the receiver answers messages.</summary>
    private static Report Chains => new Scene()
        .Add(3, Message(0xf, "WM_PAINT", "app!MainWndProc"), place: "ntdll!NtWaitForSingleObject", waits: Section("", 7) with { Kind = WaitKind.Mutex, Object = new WaitedObject(Handle: 0x5c, Name: "app-net") })
        .Add(5, function: "app!Stop", place: "ntdll!NtWaitForSingleObject", waits: Section("", 7) with { Kind = WaitKind.Thread, Object = new WaitedObject(Handle: 0x60) })
        .Add(7, function: "app!Refresh", place: "ntdll!NtDelayExecution", waits: Ownerless(WaitKind.Sleep))
        .Add(13, function: "app!Sender", place: "win32u!NtUserMessageCall", waits: Window(0x10040, "WM_NULL", 15, isHandled: false))
        .Add(15, function: "app!Second", place: "win32u!NtUserMsgWaitForMultipleObjectsEx", waits: new Wait { Kind = WaitKind.Input })
        .AddIdle(0, 1, 2)
        .Report;

    /// <summary>600 windows wait for a section, 200 behind one of them; 1,201 others.</summary>
    private static Report Crowd(bool complete)
    {
        var scene = new Scene();
        int all = complete ? 2001 : 420;
        for (int i = 0; i < all; i++)
        {
            if (i == 12)
                scene.Add(i, function: "app!Log", place: "ntdll!NtReadFile", waits: Ownerless(WaitKind.InputOutput, handle: 0x88));
            else if (i % 10 is 3 or 6 or 9)
                scene.Add(i, Message(0xf, "WM_PAINT", "app!WndProc"), place: AlertWait, waits: Section("app!g_cs", 12));
            else if (i % 10 == 0)
                scene.Add(i, Message(0x403, "WM_USER+0x3", "app!Tool"), depth: 3, place: "win32u!NtUserMessageCall", waits: Window(0x20044, "WM_USER+0x4", 3));
            else
                scene.AddIdle(i);
        }

        return complete ? scene.Report : scene.Report with { Complete = false, ThreadsInSource = 2001 };
    }
}
