using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Signatures;

/// <summary>The module whose code the innermost callback runs, or a thread in no callback.</summary>
internal static class HandlerModule
{
    /// <summary>The module in lower case, without path and extension; <c>?</c> where nothing shows the program's own.</summary>
    public static string Of(ThreadFinding finding)
    {
        ReadOnlySpan<char> module = finding.Callbacks is [{ HandlerModule: { } shown }, ..] ? shown : ModuleOf(PlaceOf(finding));
        if (module.IsEmpty)
            return HangSignature.Unknown;
        return ModuleName.Recognise(module) switch
        {
            SystemModule.Other => PlainWord.Of(ModuleName.Plain(module)),
            SystemModule.Glue when IsWalked(finding) && !SystemModules.IsOfRuntime(module.ToString()) => PlainWord.Of(ModuleName.Plain(module)),
            _ => HangSignature.Unknown,
        };
    }

    /// <summary>The code as findings name it; null when nothing shows it.</summary>
    public static string? PlaceOf(ThreadFinding finding) => finding switch
    {
        { Callbacks: [var innermost, ..] } => innermost.Handler ?? innermost.Message?.WindowProcedureName ?? innermost.Delivery?.ProcedureName,
        { Depth: 0 } when !CallbackChain.IsOpen(finding) => finding.ProgramFunction, // otherwise a callback may stand further in
        _ => null,
    };

    /// <summary>
    /// Whether frames show what the thread runs. Memory alone names the procedure that Windows calls, which may be a subclass or thunk with
    /// the program's own behind it; frames name that one, and the framework only where nothing follows it.
    /// </summary>
    public static bool IsWalked(ThreadFinding finding) =>
        finding.Callbacks is [var innermost, ..] ? (innermost.Frame ?? innermost.Wow64Frame) is not null : finding.ProgramFunction is not null;

    /// <summary>The module of <c>module!function</c> or <c>module+0xrva</c>; a bare word may be either.</summary>
    private static ReadOnlySpan<char> ModuleOf(string? place)
    {
        if (place is null)
            return default;
        int bang = place.IndexOf('!');
        int end = bang >= 0 ? bang : place.LastIndexOf("+0x", StringComparison.Ordinal);
        return end < 0 ? default : place.AsSpan(0, end);
    }
}
