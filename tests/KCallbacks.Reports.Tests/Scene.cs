using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Tests;

/// <summary>Builds the report of a hang thread by thread, as sessions hand it over.</summary>
internal sealed class Scene
{
    private readonly List<ThreadFinding> _findings = [];
    private readonly List<ThreadWaits> _waits = [];

    /// <summary>The report.</summary>
    public Report Report => SampleReports.Of(SourceKind.Engine, [.. _findings.OrderBy(finding => finding.Thread.Position)]) with
    {
        Waits = WaitGraph.Of([.. _waits.OrderBy(waits => waits.Thread.Position)]),
    };

    /// <summary>Ids of debuggers' examples: 1a30 for thread 0, four apart.</summary>
    public static uint IdOf(int position) => 0x1a30 + (4 * (uint)position);

    /// <summary>Adds a thread.</summary>
    /// <param name="position">Its number.</param>
    /// <param name="callback">The innermost callback; null for none.</param>
    /// <param name="depth">Callbacks nested.</param>
    /// <param name="function">For a thread in no callback, the program's function.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="waits">What it waits for.</param>
    public Scene Add(int position, Callback? callback = null, int depth = 1, string? function = null, string? place = null, params ImmutableArray<Wait> waits)
    {
        var thread = new ThreadIdentity(position, null, (uint)position, IdOf(position));
        _findings.Add(new ThreadFinding
        {
            Thread = thread,
            Verdict = callback is null ? Verdict.None : place == "ntdll!NtCallbackReturn" ? Verdict.AtReturn : Verdict.InCallback,
            Depth = callback is null ? 0 : depth,
            Confidence = Confidence.High,
            Reason = callback is null ? "no callback dispatcher down to the thread's start" : "stack walk and memory agree",
            Callbacks = callback is null ? [] : [callback],
            ProgramFunction = function,
            BlockedIn = place,
        });
        _waits.Add(new ThreadWaits { Thread = thread, Waits = waits, Timeout = Timeout.InfiniteTimeSpan, HasMessageQueue = callback is not null, Pumps = waits.Any(wait => wait.Kind == WaitKind.Input) });
        return this;
    }

    /// <summary>Gives the thread added last a time-out.</summary>
    public Scene Until(TimeSpan time)
    {
        _waits[^1] = _waits[^1] with { Timeout = time };
        return this;
    }

    /// <summary>Lets the thread added last treat messages of its queue, outside of any callback.</summary>
    public Scene FromItsLoop()
    {
        _findings[^1] = _findings[^1] with { HasMessageLoop = true };
        _waits[^1] = _waits[^1] with { HasMessageQueue = true };
        return this;
    }

    /// <summary>Gives the thread added last a known shape.</summary>
    public Scene Showing(HangShape shape)
    {
        _findings[^1] = _findings[^1] with { Shapes = [shape] };
        return this;
    }

    /// <summary>Lets the thread added last be judged less surely, or not at all.</summary>
    public Scene Judged(Confidence confidence, string reason, Verdict? verdict = null)
    {
        ThreadFinding finding = _findings[^1];
        _findings[^1] = finding with
        {
            Verdict = verdict ?? finding.Verdict,
            Confidence = confidence,
            Reason = reason,
            Callbacks = [.. finding.Callbacks.Select(callback => callback with { Confidence = confidence, ConfidenceReason = reason })],
        };
        return this;
    }

    /// <summary>Leaves a callback frame on the stack of the thread added last that is none of a callback that runs.</summary>
    public Scene LeavingOver(ulong address, string reason)
    {
        _findings[^1] = _findings[^1] with { Rejected = [new RejectedFrame(address, reason)] };
        return this;
    }

    /// <summary>Adds threads of a pool that wait for work.</summary>
    public Scene AddIdle(params int[] positions)
    {
        foreach (int position in positions)
            Add(position, function: "ntdll!TppWorkerThread", place: "ntdll!NtWaitForWorkViaWorkerFactory", waits: new Wait { Kind = WaitKind.Work, NoOwner = "it is idle" });
        return this;
    }

    /// <summary>A message to a window procedure.</summary>
    public static Callback Message(uint number, string name, string procedure, string entry = "win32u!NtUserDispatchMessage") => new()
    {
        Routine = "USER32!_fnDWORD",
        Entry = entry,
        Message = new WindowMessage(number, name, 1, 0x1001, 0x7ff6_1000_2000, procedure),
        Handler = procedure,
        Evidence = EvidenceSource.Both,
        Confidence = Confidence.High,
        ConfidenceReason = "stack walk and memory agree",
    };

    /// <summary>A call of a hook procedure.</summary>
    public static Callback Hook(string text, string procedure) => new()
    {
        Routine = "USER32!_fnHkINLPMSG",
        Entry = "win32u!NtUserPeekMessage",
        Delivery = new Delivery(DeliveryKind.Hook, text, 0x7ff8_1000_2000, procedure, []),
        Handler = procedure,
        Confidence = Confidence.High,
    };

    /// <summary>The load of a hook's library.</summary>
    public static Callback Load(string entryPoint) => new()
    {
        Routine = "USER32!_ClientLoadLibrary",
        Entry = "win32u!NtUserPeekMessage",
        Handler = entryPoint,
        Confidence = Confidence.High,
    };

    /// <summary>A critical section that a thread owns.</summary>
    public static Wait Section(string symbol, int owner) => new()
    {
        Kind = WaitKind.CriticalSection,
        Object = new WaitedObject(0x7ff6_1000_a0e0, Symbol: symbol),
        Owners = [new WaitOwner(IdOf(owner), owner)],
        Proof = WaitProof.Certain,
        Evidence = ["its address is the argument of NtWaitForAlertByThreadId", "the owner is a live thread"],
    };

    /// <summary>The answer to a message to a thread's window.</summary>
    public static Wait Window(ulong window, string message, int owner, bool isHandled = true) => new()
    {
        Kind = WaitKind.WindowMessage,
        Object = new WaitedObject(Handle: window, Name: message),
        Owners = [new WaitOwner(IdOf(owner), owner)],
        IsBeingHandled = isHandled,
        Proof = WaitProof.Certain,
    };

    /// <summary>A message to a procedure without a name.</summary>
    public static Callback Nameless(uint number, string name, uint offset) => new()
    {
        Routine = "USER32!_fnDWORD",
        Entry = "win32u!NtUserMessageCall",
        Message = new WindowMessage(number, name, 1, 0x1001, 0x7ff6_1000_0000UL + offset, null, FormattableString.Invariant($"app+0x{offset:x}")),
        Evidence = EvidenceSource.Memory,
        Confidence = Confidence.Medium,
    };

    /// <summary>A wait that has no owner.</summary>
    public static Wait Ownerless(WaitKind kind, ulong? address = null, ulong? handle = null, string? name = null, string? symbol = null, string? state = null) => new()
    {
        Kind = kind,
        Object = new WaitedObject(address, handle, name, symbol),
        NoOwner = "nobody is recorded",
        State = state,
    };
}
