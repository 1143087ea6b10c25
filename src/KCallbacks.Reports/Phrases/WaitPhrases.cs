using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Phrases;

/// <summary>What a thread waits for, in the words of the table; in brackets what no other thread has to do.</summary>
internal static class WaitPhrases
{
    /// <summary>Objects that are named one by one.</summary>
    private const int Few = 3;

    private const string Messages = "(messages)";

    private static readonly (WaitKind Kind, string Word, string Text, string Noun)[] Kinds =
    [
        (WaitKind.CriticalSection, "critical-section", "critical section", "a critical section"),
        (WaitKind.LoaderLock, "loader-lock", "loader lock", "the loader lock"),
        (WaitKind.SlimLock, "srw-lock", "SRW lock", "an SRW lock"),
        (WaitKind.ConditionVariable, "condition-variable", "condition variable", "a condition variable"),
        (WaitKind.Address, "address", "address", "a lock or a value in memory"),
        (WaitKind.KeyedEvent, "keyed-event", "keyed event", "a lock"),
        (WaitKind.Mutex, "mutex", "mutex", "a mutex"),
        (WaitKind.Resource, "resource", "resource", "a resource of the kernel"),
        (WaitKind.FastMutex, "fast-mutex", "fast mutex", "a mutex of the kernel"),
        (WaitKind.Monitor, "monitor", ".NET lock", "a .NET lock"),
        (WaitKind.ReaderWriterLock, "reader-writer-lock", ".NET reader/writer lock", "a .NET reader/writer lock"),
        (WaitKind.Task, "task", "task", "a task of .NET"),
        (WaitKind.Invocation, "invocation", "call on a UI thread", "a call on a UI thread"),
        (WaitKind.Event, "event", "event", "an event"),
        (WaitKind.Semaphore, "semaphore", "semaphore", "a semaphore"),
        (WaitKind.Thread, "thread", "end of thread", "the end of a thread"),
        (WaitKind.Process, "process", "end of process", "the end of a process"),
        (WaitKind.Timer, "timer", "timer", "a timer"),
        (WaitKind.WindowMessage, "window", "window", "a window of another thread"),
        (WaitKind.Call, "call", "COM, RPC or ALPC call", "the answer to a COM, RPC or ALPC call"),
        (WaitKind.KernelObject, "object", "object", "an object"),
        (WaitKind.Input, "messages", Messages, "messages"),
        (WaitKind.Sleep, "sleep", "(sleeps)", "time to pass"),
        (WaitKind.InputOutput, "io", "file I/O", "a file"),
        (WaitKind.Work, "work", "(work)", "work"),
        (WaitKind.Unknown, "unknown", "?", "something that is not known"),
    ];

    /// <summary>The cell of a thread.</summary>
    public static Cell Of(HangThread state) => state.Activity switch
    {
        ThreadActivity.Returning => new Cell("(at ZwCallbackReturn)"),
        ThreadActivity.Runs => Place("(runs ", state.StandsIn!, ")"),
        ThreadActivity.Unknown when state.Waits is null && state.StandsIn is not null => Place("? in ", state.StandsIn, ""),
        _ when state.Waits is { } waits => Of(waits),
        _ => new Cell(state is { Finding.Verdict: Verdict.None, StandsIn: null } && !state.IsUiThread ? "" : "?"),
    };

    /// <summary>The same without what tells one object from another, for rows that stand for many.</summary>
    public static string KindOf(HangThread state) =>
        state is { Activity: ThreadActivity.Waits, Waits.Waits: [var wait] } ? Entry(wait.Kind).Text : Of(state).Text;

    /// <summary>For example <c>SRW lock app!g_lock, shared</c>; used for one wait of several, too.</summary>
    public static Cell Of(Wait wait) => wait.Access is { } access ? With(ObjectOf(wait), $", {WordOf(access)}") : ObjectOf(wait);

    /// <summary>The object alone, for example <c>critical section app!g_doc</c>, however it is to be taken.</summary>
    public static Cell ObjectOf(Wait wait) => wait.Kind switch
    {
        WaitKind.CriticalSection or WaitKind.SlimLock or WaitKind.ConditionVariable => At(wait, Entry(wait.Kind).Text),
        WaitKind.Address or WaitKind.KeyedEvent when wait.Object.Address is null && wait.Object.Symbol is null => new Cell("critical section or address"),
        WaitKind.Address or WaitKind.KeyedEvent => At(wait, Entry(wait.Kind).Text),
        WaitKind.LoaderLock or WaitKind.Input or WaitKind.Sleep or WaitKind.Work or WaitKind.Unknown => new Cell(Entry(wait.Kind).Text),
        WaitKind.Resource or WaitKind.FastMutex => At(wait, Entry(wait.Kind).Text),
        WaitKind.Monitor or WaitKind.ReaderWriterLock or WaitKind.Task or WaitKind.Invocation => Managed(wait),
        WaitKind.WindowMessage when wait.IsBroadcast => new Cell(wait.Object.Name is { } broadcast ? $"every top-level window, {broadcast}" : "every top-level window"),
        WaitKind.WindowMessage => Window(wait),
        WaitKind.Call when wait.Object.Handle is not null || wait.Object.Name is not null => ByHandle(wait, "ALPC port"),
        WaitKind.KernelObject or WaitKind.InputOutput when wait.Object is { Handle: { } handle } => Named(wait, $"{Entry(wait.Kind).Text}, handle {Hexadecimal(handle)}"),
        WaitKind.Thread or WaitKind.Process => Named(wait, Entry(wait.Kind).Text),
        _ => ByHandle(wait, Entry(wait.Kind).Text),
    };

    /// <summary>A word for programs.</summary>
    public static string WordOf(WaitKind kind) => Entry(kind).Word;

    /// <summary><c>exclusive</c> or <c>shared</c>.</summary>
    public static string WordOf(LockAccess access) => access == LockAccess.Shared ? "shared" : "exclusive";

    /// <summary>The kind alone, as the table names it.</summary>
    public static string BareKindOf(WaitKind kind) => Entry(kind).Text;

    /// <summary>With its article, as sentences have it.</summary>
    public static string NounOf(WaitKind kind) => Entry(kind).Noun;

    private static Cell Of(ThreadWaits waits)
    {
        string time = waits.EndsByTime ? $", {Counted.Time(waits.Timeout!.Value)}" : "";
        if (waits.Waits is [{ Kind: WaitKind.Sleep }])
            return new Cell(waits.EndsByTime ? $"(sleeps {Counted.Time(waits.Timeout!.Value)})" : "(sleeps)");
        if (waits.Waits is [var single])
            return single.Kind == WaitKind.Input ? new Cell(Messages + time) : With(Of(single), time);
        ImmutableArray<Wait> objects = [.. waits.Waits.Where(wait => wait.Kind != WaitKind.Input)];
        string lead = objects.Length < waits.Waits.Length ? $"{Messages} or " : "";
        if (objects is [var other])
            return With(Of(other) with { Lead = lead + Of(other).Lead }, time);
        string quantity = waits.Mode == WaitMode.Any ? "any of " : waits.Mode == WaitMode.All ? "all of " : "";
        return objects.Length > Few
            ? new Cell(string.Create(CultureInfo.InvariantCulture, $"{lead}{quantity}{objects.Length} handles{time}"))
            : new Cell($"{lead}{quantity}{string.Join(", ", objects.Select(wait => Of(wait).Text))}{time}");
    }

    private static Cell With(Cell cell, string time) => cell with { Tail = cell.Tail + time };

    private static Cell Place(string lead, string symbol, string tail) => new(lead, SymbolText.Of(symbol), tail) { Link = Link.ToFunction(symbol) };

    private static Cell At(Wait wait, string kind)
    {
        Link? link = wait.Object.Address is { } place ? LinkTo(wait.Kind, place) : null;
        return wait.Object.Symbol is { } symbol ? new Cell($"{kind} ", symbol) { Link = link }
            : wait.Object.Address is { } address ? new Cell($"{kind} {Hexadecimal(address)}") { Link = link }
            : new Cell(kind);
    }

    private static Link? LinkTo(WaitKind kind, ulong address) => kind switch
    {
        WaitKind.CriticalSection => Link.ToCriticalSection(address),
        WaitKind.SlimLock => Link.ToSlimLock(address),
        _ => null,
    };

    private static Cell Window(Wait wait)
    {
        string window = wait.Object.Handle is { } handle ? $"window {Hexadecimal(handle)}" : wait.Object.Name is null ? "window of another thread" : "window";
        return new Cell(wait.Object.Name is { } message ? $"{window}, {message}" : window);
    }

    private static Cell Managed(Wait wait)
    {
        string kind = Entry(wait.Kind).Text;
        return wait.Object is { Name: { } type } ? new Cell($"{kind} ({type})") : wait.Object.Address is { } address ? new Cell($"{kind} {Hexadecimal(address)}") : new Cell(kind);
    }

    private static Cell ByHandle(Wait wait, string kind) => Named(wait, wait.Object.Handle is { } handle ? $"{kind} {Hexadecimal(handle)}" : kind);

    /// <summary>Of a path of the kernel's the last part: everything before is the session's.</summary>
    private static Cell Named(Wait wait, string text) => new(wait.Object.Name is { Length: > 0 } name ? $"{text} \"{name[(name.LastIndexOf('\\') + 1)..]}\"" : text)
    {
        Link = wait.Object.Handle is { } handle ? Link.ToHandle(handle) : null,
    };

    private static (WaitKind Kind, string Word, string Text, string Noun) Entry(WaitKind kind) => Array.Find(Kinds, entry => entry.Kind == kind);

    private static string Hexadecimal(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");
}
