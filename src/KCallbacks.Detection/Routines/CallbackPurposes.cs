using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Routines;

/// <summary>Knows what callbacks are for: by what was read of them, else by the routine's name.</summary>
public static class CallbackPurposes
{
    /// <summary>The routines of the 32-bit half of WoW64 bear this before the name of the 64-bit ones.</summary>
    private const string OfWow64 = "whcb";

    /// <summary>What a callback is for.</summary>
    public static CallbackPurpose Of(Callback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback switch
        {
            { Delivery.Kind: DeliveryKind.Hook } => CallbackPurpose.Hook,
            { Delivery.Kind: DeliveryKind.WinEvent } => CallbackPurpose.WinEvent,
            { Delivery.Kind: DeliveryKind.MonitorEnumeration } => CallbackPurpose.MonitorEnumeration,
            { Routine: { } routine } when OfRoutine(routine) is var purpose and not CallbackPurpose.Other => purpose,
            { Message: not null } => CallbackPurpose.Message,
            _ => CallbackPurpose.Other,
        };
    }

    private static CallbackPurpose OfRoutine(string routine)
    {
        ReadOnlySpan<char> word = FunctionName.Of(routine.AsSpan(routine.LastIndexOf('!') + 1)).Word;
        if (word.StartsWith(OfWow64))
            word = word[OfWow64.Length..];
        return word switch
        {
            "ClientLoadLibrary" => CallbackPurpose.LibraryLoad,
            "ClientThreadSetup" => CallbackPurpose.ThreadSetup,
            "ClientCallWinEventProc" => CallbackPurpose.WinEvent,
            "ClientMonitorEnumProc" => CallbackPurpose.MonitorEnumeration,
            "ClientPrinterThunk" => CallbackPurpose.PrintDriver,
            "fnIMECONTROL" => CallbackPurpose.InputMethod,
            "fnSENTDDEMSG" => CallbackPurpose.Dde,
            _ when word.StartsWith("fnHk") => CallbackPurpose.Hook,
            _ when word.StartsWith("ClientImm") => CallbackPurpose.InputMethod,
            _ when word.StartsWith("ClientCopyDDE") || word.StartsWith("ClientGetDDE") => CallbackPurpose.Dde,
            _ when word.StartsWith("Client") && word.EndsWith("ClassExtraBytes") => CallbackPurpose.ClassExtraBytes,
            _ when word.StartsWith("fn") => CallbackPurpose.Message,
            _ => CallbackPurpose.Other,
        };
    }
}
