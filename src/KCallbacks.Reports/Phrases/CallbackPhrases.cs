using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Routines;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Phrases;

/// <summary>What a callback is for and whose code it runs.</summary>
internal static class CallbackPhrases
{
    /// <summary>The innermost callback of a thread; of a thread in none, the program's function that it runs.</summary>
    public static Cell In(ThreadFinding finding)
    {
        if (!finding.Callbacks.IsEmpty)
            return Of(finding.Callbacks[0]);
        if (finding.Depth > 0)
            return new Cell("(not known)");
        return finding.ProgramFunction is { } function ? Named("", SymbolName.WithOneSpelling(function), function) : new Cell("");
    }

    /// <summary>For example <c>WM_PAINT app!MainWndProc</c>, <c>hook WH_GETMESSAGE hook!Filter</c>, <c>load of hook.dll, hook!DllMain</c>.</summary>
    public static Cell Of(Callback callback)
    {
        string? code = CodeOf(callback);
        return CallbackPurposes.Of(callback) switch
        {
            CallbackPurpose.Message => Message(callback, code),
            CallbackPurpose.Hook => Called("hook ", callback, code),
            CallbackPurpose.WinEvent => Called("WinEvent ", callback, code),
            CallbackPurpose.MonitorEnumeration => Named("monitor enumeration", code),
            CallbackPurpose.LibraryLoad when code is null => new Cell("load of a library"),
            CallbackPurpose.LibraryLoad => Named($"load of {SymbolText.ModuleOf(code)}.dll,", code),
            CallbackPurpose.ThreadSetup => Named("first window call of thread", code),
            CallbackPurpose.PrintDriver => Named("print driver", code),
            CallbackPurpose.InputMethod => Named("input method", code),
            CallbackPurpose.Dde => Named("DDE", code),
            CallbackPurpose.ClassExtraBytes => Named("class extra bytes", code),
            _ => Named(callback is { Routine: null, ApiNumber: null } && code is not null ? "" : RoutineOf(callback), code),
        };
    }

    /// <summary>The module whose entry point a callback runs while its library is loaded; null for others.</summary>
    public static string? LoadedModule(ThreadFinding finding) =>
        finding.Callbacks is [{ Handler: { } handler } callback, ..] && CallbackPurposes.Of(callback) == CallbackPurpose.LibraryLoad ? SymbolText.ModuleOf(handler) : null;

    /// <summary>The routine's name as the table shows it, its number where it has no name.</summary>
    public static string RoutineOf(Callback callback) =>
        callback.Routine is { } name ? SymbolText.Of(name)
        : callback.ApiNumber is { } api ? string.Create(CultureInfo.InvariantCulture, $"#{api}")
        : "(not known)";

    /// <summary>A word for programs.</summary>
    public static string WordOf(CallbackPurpose purpose) => purpose switch
    {
        CallbackPurpose.Message => "message",
        CallbackPurpose.Hook => "hook",
        CallbackPurpose.LibraryLoad => "library-load",
        CallbackPurpose.WinEvent => "win-event",
        CallbackPurpose.MonitorEnumeration => "monitor-enumeration",
        CallbackPurpose.ThreadSetup => "thread-setup",
        CallbackPurpose.PrintDriver => "print-driver",
        CallbackPurpose.InputMethod => "input-method",
        CallbackPurpose.Dde => "dde",
        CallbackPurpose.ClassExtraBytes => "class-extra-bytes",
        _ => "other",
    };

    /// <summary>The program's code that runs: by name, else by its place in its module, never by a bare address.</summary>
    private static string? CodeOf(Callback callback) =>
        callback.Message is { } message && (message.WindowProcedureName ?? message.WindowProcedurePlace) is { } procedure ? procedure
        : callback.Delivery?.ProcedureName ?? callback.Handler;

    private static Cell Message(Callback callback, string? code) =>
        callback.Message is { } message ? Named(DisplayText.Of(message), code)
        : code is not null ? Named("(message)", code)
        : new Cell(RoutineOf(callback));

    private static Cell Called(string kind, Callback callback, string? code) =>
        Named(kind + (callback.Delivery is { } delivery ? delivery.Text : code is null ? $"({RoutineOf(callback)})" : ""), code);

    private static Cell Named(string lead, string? code) => code is null ? new Cell(lead.TrimEnd(' ', ',')) : Named(lead.Length == 0 ? "" : lead.TrimEnd() + " ", code, code);

    private static Cell Named(string lead, string shown, string symbol) => new(lead, shown) { Link = Link.ToFunction(symbol) };
}
