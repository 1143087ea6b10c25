using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Text;

/// <summary>The columns of the thread table.</summary>
internal static class ThreadColumns
{
    /// <summary>Narrowest a column of names gets before a whole column is left out: a name cut shorter tells nothing.</summary>
    private const int Narrow = 16;

    /// <summary>The same for the routine, which is followed by a message that is not cut.</summary>
    private const int NarrowRoutine = 20;

    /// <summary>The same for the entry: names such as <c>NtUserCreateWindowEx</c> stay whole.</summary>
    private const int NarrowEntry = 20;

    /// <summary>Module names are short, and the column is the first to be left out.</summary>
    private const int NarrowModule = 12;

    /// <summary>What is said of a stack.</summary>
    private static readonly ImmutableArray<Column<ThreadGroup>> Stack =
    [
        new("Verdict", VerdictOf, Priority: 10),
        new("Depth", Depth, Alignment.Right, Priority: 7),
        new("Routine", Routine, Priority: 5, MinWidth: NarrowRoutine),
        new("Entry", Entry, Priority: 2, MinWidth: NarrowEntry),
        new("Waiting in", BlockedIn, Priority: 4, MinWidth: Narrow),
        new("Module", Module, Priority: 1, MinWidth: NarrowModule, Yields: true),
    ];

    /// <summary>A row per thread.</summary>
    public static ImmutableArray<Column<ThreadGroup>> Single { get; } =
    [
        new("#", Number, Alignment.Right, Priority: 9, MinWidth: 8),
        new("Tid", SystemId, Alignment.Right, Priority: 6),
        .. Stack,
    ];

    /// <summary>A row per group of threads, which are named below it.</summary>
    public static ImmutableArray<Column<ThreadGroup>> Grouped { get; } = [new("Count", Count, Alignment.Right, Priority: 9), .. Stack];

    /// <summary>How a thread is called in the table and in lists: debugger's number, else what the source printed, else the position.</summary>
    public static Run NameOf(ThreadIdentity thread)
    {
        string name = thread.EngineId?.ToString(CultureInfo.InvariantCulture)
            ?? thread.Printed
            ?? thread.Position.ToString(CultureInfo.InvariantCulture);
        return new Run(name, Emphasis.Normal, LinkTo(thread));
    }

    /// <summary>Switches to a thread; null when the source does not say how.</summary>
    public static Link? LinkTo(ThreadIdentity thread) =>
        thread.Address is { } address ? Link.ToKernelThread(address)
        : thread.SystemId is { } id ? Link.ToThread(id)
        : null;

    /// <summary>The mark of a confidence below high; empty for high.</summary>
    public static string MarkOf(Confidence confidence) => confidence switch
    {
        Confidence.Low => "?",
        Confidence.Medium => "~",
        _ => "",
    };

    /// <summary>The routine with the message it delivers, without the module when it is user32's; a hook's or WinEvent's name in place of both.</summary>
    public static string RoutineText(Callback callback) => RoutineName(callback) + MessageSuffix(callback);

    /// <summary>Of hooks and WinEvents their own name says more than the routine's.</summary>
    private static string RoutineName(Callback callback) =>
        callback.Delivery is { Kind: DeliveryKind.Hook or DeliveryKind.WinEvent } delivery ? delivery.Text
        : callback.Routine is { } name ? FunctionOf(name)
        : callback.ApiNumber is { } api ? string.Create(CultureInfo.InvariantCulture, $"#{api}")
        : "(not known)";

    private static string MessageSuffix(Callback callback) => callback.Message is { } message ? $" {DisplayText.Of(message)}" : "";

    private static Run Count(ThreadGroup group) =>
        new(group.Threads.Length.ToString(CultureInfo.InvariantCulture));

    private static Run Number(ThreadGroup group) => NameOf(group.First.Thread);

    private static Run SystemId(ThreadGroup group) =>
        group.First.Thread.SystemId is { } id
            ? new Run(id.ToString("x", CultureInfo.InvariantCulture), Emphasis.Normal, Link.ToThread(id))
            : new Run("");

    internal static Run VerdictOf(ThreadGroup group)
    {
        ThreadFinding finding = group.First;
        string word = DisplayText.Of(finding.Verdict);
        return finding.Verdict switch
        {
            Verdict.AtReturn or Verdict.InCallback => new Run(word + MarkOf(finding.Confidence), Emphasis.Strong),
            Verdict.None => new Run(word + MarkOf(finding.Confidence), Emphasis.Subdued),
            _ => new Run(word, Emphasis.Warning),
        };
    }

    internal static Run Depth(ThreadGroup group) => new(group.First.Depth == 0 ? "" : DisplayText.OfDepth(group.First));

    internal static Run Routine(ThreadGroup group) => Innermost(group) is { } callback
        ? new Run(RoutineName(callback), Emphasis.Normal, callback.Routine is { } name ? Link.ToFunction(name) : null, kept: MessageSuffix(callback))
        : new Run("");

    internal static Run Entry(ThreadGroup group) => Innermost(group)?.Entry is { } entry
        ? new Run(FunctionOf(entry), Emphasis.Normal, Link.ToFunction(entry))
        : new Run("");

    internal static Run BlockedIn(ThreadGroup group) => group.First.Managed?.WaitingIn is { } wait
        ? new Run(wait)
        : group.First.BlockedIn is { } symbol
        ? new Run(FunctionOf(symbol), Emphasis.Normal, Link.ToFunction(symbol))
        : new Run("");

    private static Run Module(ThreadGroup group)
    {
        Callback? callback = Innermost(group);
        string? module = (callback?.Message?.WindowProcedureName ?? callback?.Delivery?.ProcedureName ?? callback?.Handler) is { } symbol
            ? ModuleOf(symbol)
            : callback?.Message?.WindowProcedurePlace is { } place ? ModuleOf(place) : null;
        return module is null ? new Run("") : new Run(module, Emphasis.Normal, Link.ToModule(module));
    }

    private static Callback? Innermost(ThreadGroup group) => group.First.Callbacks.FirstOrDefault();

    /// <summary>Of <c>module!function</c> or <c>module+0xrva</c>.</summary>
    private static string ModuleOf(string symbol) => SymbolName.ModuleEnd(symbol) is var end and >= 0 ? symbol[..end] : symbol.Split("+0x")[0];

    private static string FunctionOf(string symbol)
    {
        int bang = SymbolName.ModuleEnd(symbol);
        return bang > 0 && SystemModules.WellKnown.Contains(symbol[..bang], StringComparer.OrdinalIgnoreCase) ? symbol[(bang + 1)..] : symbol;
    }
}
