namespace KCallbacks.Detection.Windows.Routines;

/// <summary>
/// Which routine an x86 callback has, by what it is given: its API number is lost. Lengths as read from live frames of WoW64 (8.1 to 10
/// 19045); messages that have a routine of their own as the names of the routines say.
/// </summary>
internal static class RoutinesByInput
{
    /// <summary>Length of the input of <c>fnDWORD</c> in a 32-bit process of 64-bit Windows; that of <c>fnINOUTSTYLECHANGE</c> is the same.</summary>
    public const uint LengthOfMessage = 0x20;

    private const uint LengthOfDrawItem = 0x48;
    private const uint LengthOfKeyboardHook = 0x24;
    private const uint LengthOfMouseHook = 0x28;

    private const uint WmDrawItem = 0x2b;
    private const uint WmStyleChanging = 0x7c;
    private const uint WmStyleChanged = 0x7d;
    private const uint WmNcDestroy = 0x82;
    private const uint WmDestroyClipboard = 0x307;
    private const uint WmDdeFirst = 0x3e0;
    private const uint WmDdeLast = 0x3e8;

    private const uint WhKeyboardLowLevel = 13;
    private const uint WhMouseLowLevel = 14;

    /// <summary>Whether a kind of hook is one of Windows'.</summary>
    public static bool IsHookKind(uint kind) => kind is > 0 and <= WhMouseLowLevel;

    /// <summary>Whether the routine of a message of this length passes on all of its input.</summary>
    public static bool IsPassedOnWhole(uint message, uint length) => length == LengthOfMessage && message is not (WmStyleChanging or WmStyleChanged);

    /// <summary>The routine of a message that passed on all of its input.</summary>
    public static string OfWholeMessage(uint message) => message switch
    {
        WmNcDestroy => "fnNCDESTROY",
        WmDestroyClipboard => "fnINDESTROYCLIPBRD",
        >= WmDdeFirst and <= WmDdeLast => "fnSENTDDEMSG",
        _ => "fnDWORD",
    };

    /// <summary>The routine of another message; null when it is not known.</summary>
    public static string? OfMessage(uint message, uint length) => message == WmDrawItem && length == LengthOfDrawItem ? "fnINLPDRAWITEMSTRUCT" : null;

    /// <summary>The routine of a hook; null when it is not known.</summary>
    public static string? OfHook(uint kind, uint length) => (kind, length) switch
    {
        (WhKeyboardLowLevel, LengthOfKeyboardHook) => "fnHkINLPKBDLLHOOKSTRUCT",
        (WhMouseLowLevel, LengthOfMouseHook) => "fnHkINLPMSLLHOOKSTRUCT",
        _ => null,
    };
}
