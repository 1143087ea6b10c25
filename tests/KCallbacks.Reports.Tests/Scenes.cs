using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using static KCallbacks.Reports.Tests.Scene;

namespace KCallbacks.Reports.Tests;

/// <summary>The situations that the output was designed for.</summary>
internal static class Scenes
{
    private const string AlertWait = "ntdll!NtWaitForAlertByThreadId";
    private const string MemoryAlone = "stack memory shows its callback frame";

    /// <summary>All of them by name.</summary>
    public static IEnumerable<(string Name, Report Report)> All =>
    [
        ("simple", Simple), ("deadlock", Deadlock), ("library", Library), ("reentered", Reentered), ("idle", Idle), ("posted", Posted),
        ("crowd", Crowd(complete: true)), ("ownerless", Ownerless), ("partial", Crowd(complete: false)), ("chains", Chains),
        ("small", SmallDump), ("unjudged", Unjudged), ("leftover", Leftover), ("managed", Managed), ("ambiguous", Ambiguous), ("foreign", Foreign), ("returning", Returning), ("kernel", Kernel),
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

    /// <summary>A minidump of stacks alone, without symbols.</summary>
    private static Report SmallDump => new Scene()
        .Add(6, Nameless(0xf, "WM_PAINT", 0x1230), place: "ntdll!NtWaitForSingleObject", waits: Ownerless(WaitKind.KernelObject, handle: 0x1c4)).Judged(Confidence.Medium, MemoryAlone)
        .Add(7, Nameless(0xf, "WM_PAINT", 0x1230), place: "app+0x1900").Judged(Confidence.Medium, MemoryAlone)
        .Add(8, Nameless(0xf, "WM_PAINT", 0x1230), place: "win32u!NtUserMessageCall", waits: Ownerless(WaitKind.WindowMessage, handle: 0x10040, name: "WM_USER+0x1")).Judged(Confidence.Medium, MemoryAlone)
        .Add(9, Nameless(0xf, "WM_PAINT", 0x1230), place: "win32u!NtUserGetMessage", waits: new Wait { Kind = WaitKind.Input }).Judged(Confidence.Medium, MemoryAlone)
        .Add(10, new Callback { Routine = "USER32!_ClientLoadLibrary", Confidence = Confidence.Medium }, place: AlertWait, waits: Ownerless(WaitKind.Address)).Judged(Confidence.Medium, MemoryAlone)
        .Add(11, new Callback { Routine = "USER32!_fnINLPCREATESTRUCT", Confidence = Confidence.Medium }, depth: 2, place: AlertWait, waits: Ownerless(WaitKind.Address)).Judged(Confidence.Medium, MemoryAlone)
        .Add(15, Nameless(0xf, "WM_PAINT", 0x1230), place: "ntdll!NtCallbackReturn").Judged(Confidence.Medium, MemoryAlone)
        .AddIdle(0, 1, 2, 3, 4, 5, 12, 13, 14)
        .Report with { Source = new ReportSource(SourceKind.Dump, "small.dmp", Architecture.X64) };

    /// <summary>One thread was judged; the walks of the others are lost.</summary>
    private static Report Unjudged
    {
        get
        {
            Scene scene = new Scene().Add(1, Message(0xf, "WM_PAINT", "app!MainWndProc"), place: "win32u!NtUserGetMessage", waits: new Wait { Kind = WaitKind.Input });
            foreach (int position in (int[])[0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
                scene.Add(position).Judged(Confidence.Low, "the walk is lost after code without a name", Verdict.Unknown);
            return scene.Add(13).Judged(Confidence.Low, "no frames", Verdict.Unknown).Report;
        }
    }

    /// <summary>A callback frame in memory that no walk passes, and one of which it is sure that its callback is over.</summary>
    private static Report Leftover => new Scene()
        .Add(0, place: "win32u!NtUserGetMessage", function: "app!Main", waits: new Wait { Kind = WaitKind.Input }).LeavingOver(0x20_00bf_f1c0, "the stack holds no return into its routine")
        .Add(5, Message(3, "WM_MOVE", "app!ChildWndProc"), place: "ntdll!NtWaitForSingleObject", waits: Ownerless(WaitKind.Event, handle: 0x1c4)).Judged(Confidence.Low, "nothing shows that its routine still runs; no walk passes it, so it may be left over")
        .AddIdle(1, 2, 3, 4)
        .Report;

    /// <summary>A lock of .NET against a call on the thread that holds it.</summary>
    private static Report Managed => new Scene()
        .Add(0, Message(0xf, "WM_PAINT", "PaintForm.OnPaint"), place: "ntdll!NtWaitForMultipleObjects", waits: Section("", 5) with { Kind = WaitKind.Monitor, Object = new WaitedObject(0x21_0001_2345, Name: "System.Object") })
        .Add(5, function: "Loader.Run", place: "ntdll!NtWaitForMultipleObjects", waits: Section("", 0) with { Kind = WaitKind.Invocation, Object = new WaitedObject(Name: "Control.Invoke") })
        .AddIdle(1, 2, 3, 4, 6, 7, 8, 9, 10)
        .Report;

    /// <summary>Two threads fit as the owner, so that none is named.</summary>
    private static Report Ambiguous => new Scene()
        .Add(0, Message(0xf, "WM_PAINT", "app!MainWndProc"), place: "ntdll!NtWaitForSingleObject", waits: new Wait
        {
            Kind = WaitKind.CriticalSection,
            Candidates = [new WaitOwner(IdOf(4), 4), new WaitOwner(IdOf(7), 7)],
            NoOwner = "2 critical sections fit: 0x7ff61000a0e0, 0x7ff61000a1e0",
        })
        .Add(4, function: "app!Save", place: "ntdll!NtDelayExecution", waits: Ownerless(WaitKind.Sleep))
        .Add(7, function: "app!Refresh", place: "ntdll!NtDelayExecution", waits: Ownerless(WaitKind.Sleep))
        .AddIdle(1, 2, 3, 5, 6)
        .Report;

    /// <summary>A window of another process.</summary>
    private static Report Foreign => new Scene()
        .Add(0, Message(0x111, "WM_COMMAND", "app!MainWndProc"), place: "win32u!NtUserMessageCall", waits: Window(0x20044, "WM_COPYDATA", 0) with
        {
            Owners = [new WaitOwner(0x9408, null, 0x9400, "browser.exe")],
            Proof = WaitProof.Likely,
            State = "the window is another process's",
        })
        .AddIdle(1, 2, 3)
        .Report;

    /// <summary>The project's own question: threads at ZwCallbackReturn.</summary>
    private static Report Returning => new Scene()
        .Add(0, Message(0xf, "WM_PAINT", "app!MainWndProc") with { IsReturning = true, Level = 2 }, depth: 2, place: "ntdll!NtCallbackReturn")
        .Add(3, Hook("WH_GETMESSAGE", "hook!Filter") with { IsReturning = true, Level = 1 }, place: "ntdll!NtCallbackReturn")
        .AddIdle(1, 2)
        .Report;

    /// <summary>Two processes of a kernel session, and others that were not asked for.</summary>
    private static Report Kernel => SampleReports.Kernel with
    {
        AlsoBlocked =
        [
            new BlockedProcess(new ProcessIdentity(0xffff_a586_1000_8000, 0x9400, "browser.exe"), 3),
            new BlockedProcess(new ProcessIdentity(0xffff_a586_1000_9000, 0x1400, "legacy.exe"), 1),
        ],
    };

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
