using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Tests;

/// <summary>Findings as the detection engine gives them for well-known hangs, made by hand.</summary>
internal static class SampleReports
{
    /// <summary>A name as hostile as a target can make it.</summary>
    public const string HostileName = "app!%s%n<link cmd=\"!evil\">&amp;\u001b[31m\r\n\u202e\ud800\"quoted\"";

    /// <summary>One process that shows every verdict, confidence and shape of row.</summary>
    public static Report Hung => Of(SourceKind.Engine, [SendMessage, HookLoad, AtReturn, Nested, Waiting, PagedOut, Sender]) with
    {
        Elapsed = TimeSpan.FromMilliseconds(41),
        Stacks = ImmutableDictionary<int, ThreadStack>.Empty.Add(0, SendMessageStack),
    };

    /// <summary>The process of the help's example: thread 0 waits for a lock that thread 4 probably holds.</summary>
    public static Report Example
    {
        get
        {
            ThreadFinding paints = SendMessage with
            {
                Depth = 2,
                DepthIsMinimum = true,
                Callbacks = [SendMessage.Callbacks[0] with { Message = new WindowMessage(0x8005, "WM_APP+0x5", 0, 0, 1, "app!MainWndProc") }],
            };
            ThreadFinding owner = Waiting with { Thread = Id(4), BlockedIn = "ntdll!NtDelayExecution" };
            var wait = new Wait
            {
                Kind = WaitKind.CriticalSection,
                Object = new WaitedObject(0x7ff6_1000_a0e0, Symbol: "app!g_doc"),
                Owners = [new WaitOwner(0x1a04, 4)],
                Proof = WaitProof.Likely,
            };
            return Of(SourceKind.Engine, [paints, owner]) with
            {
                Waits = WaitGraph.Of([new ThreadWaits { Thread = paints.Thread, Waits = [wait] }, new ThreadWaits { Thread = owner.Thread }]),
            };
        }
    }

    /// <summary>A process without any callback.</summary>
    public static Report Quiet => Of(SourceKind.Engine, [Waiting]) with { Elapsed = TimeSpan.FromMilliseconds(3) };

    /// <summary>Ctrl+Break came after two of 2,001 threads.</summary>
    public static Report Partial => Of(SourceKind.Engine, [SendMessage, Waiting]) with { Complete = false, ThreadsInSource = 2001 };

    /// <summary>2,001 threads: 600 in one callback, 200 in three, the others in none.</summary>
    public static Report Many => Of(SourceKind.Engine, [.. Enumerable.Range(0, 2001).Select(ManyThread)]);

    /// <summary>Threads of two processes of a kernel session; of one only the kernel's count is known.</summary>
    public static Report Kernel => Of(SourceKind.Engine, [InKernel(SendMessage with { Callbacks = [SendMessage.Callbacks[0] with { Frame = 5 }] }, 0, "paint.exe"), InKernel(Nested, 1, "browser.exe"), InKernel(PagedOutInKernel, 2, "browser.exe")]) with
    {
        Source = new ReportSource(SourceKind.Engine, null, Architecture.X64, SessionKind.Kernel),
        Elapsed = TimeSpan.FromMilliseconds(24),
        Stacks = ImmutableDictionary<int, ThreadStack>.Empty.Add(0, KernelStack),
        Warnings = ["the thread list of browser.exe (0x9400) is damaged after the entry at 0xffffa5861000cf28; the rest was found from its other end"],
    };

    /// <summary>Every name of the target is <see cref="HostileName"/> or 4 KB long.</summary>
    public static Report Hostile => WithName(HostileName) with
    {
        Source = new ReportSource(SourceKind.Engine, HostileName, Architecture.X64),
        Findings = [HostileFinding(0, HostileName), HostileFinding(1, $"app!{new string('T', 4096)}")],
    };

    /// <summary>A report whose target has nothing but this name to offer.</summary>
    public static Report WithName(string name) => Of(SourceKind.Engine, [HostileFinding(0, name)]) with
    {
        Warnings = [name],
        Stacks = ImmutableDictionary<int, ThreadStack>.Empty
            .Add(0, new ThreadStack { Thread = Id(0), Frames = [new StackFrame(name, name, 1, 2, 3)] }),
    };

    public static Report Of(SourceKind kind, ImmutableArray<ThreadFinding> findings) => new()
    {
        Source = new ReportSource(kind, null, Architecture.X64),
        Findings = findings,
    };

    private static ThreadFinding SendMessage { get; } = new()
    {
        Thread = Id(0),
        Verdict = Verdict.InCallback,
        Depth = 1,
        Confidence = Confidence.High,
        Reason = "ntdll!KiUserCallbackDispatcherContinue is on the stack.",
        BlockedIn = "ntdll!NtWaitForSingleObject",
        Callbacks =
        [
            new Callback
            {
                Routine = "USER32!_fnDWORD",
                ApiNumber = 2,
                Entry = "win32u!NtUserMessageCall",
                Message = new WindowMessage(0xf, "WM_PAINT", 0, 0x1234, 0x7ff6_1000_2000, "paintapp!WndProc"),
                Handler = "paintapp!WndProc",
                Frame = 3,
                Address = 0xd7_a5e1_f2a8,
                Evidence = EvidenceSource.Both,
                Confidence = Confidence.High,
                ConfidenceReason = "frames and memory agree",
            },
        ],
    };

    private static ThreadStack SendMessageStack { get; } = new()
    {
        Thread = Id(0),
        Walk = WalkExtent.Complete,
        Frames =
        [
            new StackFrame("ntdll", "NtWaitForSingleObject", 0x14, 0x7ffb_1000_0014, 0xd7_a5e1_e000),
            new StackFrame("paintapp", "WndProc", 0x2b, 0x7ff6_1000_202b, 0xd7_a5e1_e100),
            new StackFrame("USER32", "_fnDWORD", 0x3d, 0x7ffb_2000_003d, 0xd7_a5e1_f200),
            new StackFrame("ntdll", "KiUserCallbackDispatcherContinue", 0, 0x7ffb_1000_1000, 0xd7_a5e1_f2a8),
            new StackFrame("win32u", "NtUserMessageCall", 0x14, 0x7ffb_3000_0014, 0xd7_a5e1_f348),
            new StackFrame("paintapp", null, 0x1234, 0x7ff6_1000_1234, 0xd7_a5e1_f350),
        ],
    };

    private static ThreadStack KernelStack { get; } = SendMessageStack with
    {
        Frames =
        [
            new StackFrame("nt", "KiSwapContext", 0x76, 0xffff_f803_1000_0076, 0xffff_f50c_2003_7a20, 0, FrameSide.Kernel),
            new StackFrame("nt", "KeWaitForSingleObject", 0x233, 0xffff_f803_1000_0233, 0xffff_f50c_2003_7cd0, 0, FrameSide.Kernel),
            .. SendMessageStack.Frames.Select(frame => frame with { Side = FrameSide.User }),
        ],
    };

    private static ThreadFinding PagedOutInKernel => PagedOut with
    {
        Verdict = Verdict.InCallback,
        Depth = 2,
        Confidence = Confidence.High,
        Reason = "the kernel counts the callbacks; its user stack is paged out or not in the dump",
    };

    private static ThreadFinding HookLoad { get; } = new()
    {
        Thread = Id(3),
        Verdict = Verdict.InCallback,
        Depth = 1,
        DepthIsMinimum = true,
        Confidence = Confidence.Low,
        Reason = "a routine's name without the dispatcher below it",
        BlockedIn = "KERNELBASE!WaitForMultipleObjectsEx",
        Shapes = [new HangShape("library-entry-point", "entry point of a hook library, under the loader lock", [4]), new HangShape("lock", "waiting on a lock", [1])],
        Callbacks = [new Callback { Routine = "user32!__ClientLoadLibrary", Handler = "badhook!DllMain", Evidence = EvidenceSource.Frames }],
    };

    private static ThreadFinding AtReturn { get; } = new()
    {
        Thread = Id(4),
        Verdict = Verdict.AtReturn,
        Depth = 1,
        Confidence = Confidence.High,
        Reason = "The innermost frame is ntdll!NtCallbackReturn.",
        BlockedIn = "ntdll!NtCallbackReturn",
        Callbacks = [new Callback { Routine = "user32!_fnNCDESTROY", ApiNumber = 0x12, Entry = "win32u!NtUserDestroyWindow", Frame = 2, Evidence = EvidenceSource.Frames }],
    };

    private static ThreadFinding Nested { get; } = new()
    {
        Thread = Id(12),
        Verdict = Verdict.InCallback,
        Depth = 3,
        Confidence = Confidence.Medium,
        Reason = "Three callback frames in memory, names from exports.",
        BlockedIn = "win32u!NtUserGetMessage",
        Callbacks =
        [
            new Callback
            {
                ApiNumber = 0x4a,
                Entry = "win32u!NtUserCreateWindowEx",
                Message = new WindowMessage(0x411, "WM_USER+0x11", 1, 2, 0x7ff6_1000_3000),
                Address = 0xd7_a5e2_0000,
                Evidence = EvidenceSource.Memory,
                Confidence = Confidence.Medium,
            },
            new Callback { Routine = "user32!_fnINLPCREATESTRUCT", Evidence = EvidenceSource.Memory, Confidence = Confidence.Medium },
            new Callback { Routine = "user32!_fnDWORD", Evidence = EvidenceSource.Memory, Confidence = Confidence.Medium },
        ],
        Disagreements = ["Memory shows 3 callbacks, the frames show 2."],
    };

    private static ThreadFinding Waiting { get; } = new()
    {
        Thread = Id(13),
        Verdict = Verdict.None,
        Confidence = Confidence.High,
        Reason = "The whole stack was seen, no dispatcher is on it.",
        BlockedIn = "ntdll!NtWaitForWorkViaWorkerFactory",
    };

    private static ThreadFinding PagedOut { get; } = new()
    {
        Thread = Id(14),
        Verdict = Verdict.Unknown,
        Reason = "The stack could not be read.",
    };

    private static ThreadFinding Sender { get; } = new()
    {
        Thread = Id(15),
        Verdict = Verdict.None,
        Confidence = Confidence.High,
        Reason = "No callback dispatcher down to the thread's start.",
        BlockedIn = "win32u!NtUserMessageCall",
        Shapes = [new HangShape("sender", "waiting for another thread's window", [0])],
    };

    private static ThreadFinding ManyThread(int position)
    {
        ThreadFinding finding = position < 600 ? SendMessage : position < 800 ? Nested : Waiting;
        return finding with { Thread = Id(position), Disagreements = [] };
    }

    private static ThreadFinding HostileFinding(int position, string name) => new()
    {
        Thread = Id(position) with { Printed = name, EngineId = null },
        Verdict = Verdict.InCallback,
        Depth = 1,
        Reason = name,
        BlockedIn = name,
        Callbacks =
        [
            new Callback
            {
                Routine = name,
                Entry = name,
                Handler = name,
                Message = new WindowMessage(1, name, 0, 0, 0, name),
                ConfidenceReason = name,
                Evidence = EvidenceSource.Frames,
                Frame = 0,
            },
        ],
        Disagreements = [name],
    };

    private static ThreadFinding InKernel(ThreadFinding finding, int position, string process)
    {
        var identity = new ProcessIdentity(0xffff_a586_1000_0000 + ((ulong)process.Length << 12), 0x9400, process);
        return finding with
        {
            Thread = new ThreadIdentity(position, $"9400.{0x9404 + position:x}", null, 0x9404 + (uint)position, identity, 0xffff_a586_2000_0000 + (ulong)position),
            Kernel = new KernelState(finding.Depth, WaitReason: "UserRequest", WaitTime: TimeSpan.FromSeconds(3.25 * Math.Pow(60, position))),
            KernelFunction = position < 2 ? "nt!KeWaitForSingleObject" : null,
        };
    }

    private static ThreadIdentity Id(int position) => new(position, null, (uint)position, 0x1a00 + (uint)position);
}
