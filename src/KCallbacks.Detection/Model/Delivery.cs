using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>What a callback hands to a procedure of the program that is no window procedure: a hook's, an event's, an enumeration's.</summary>
/// <param name="Kind">What kind of procedure.</param>
/// <param name="Text">What it is called for, for example <c>WH_KEYBOARD_LL WM_KEYDOWN</c> or <c>EVENT_OBJECT_FOCUS</c>.</param>
/// <param name="Procedure">Address of the procedure; 0 when not known.</param>
/// <param name="ProcedureName">Its <c>module!function</c>, or <c>module+0xrva</c>; null when it lies in no module.</param>
/// <param name="Values">Its arguments.</param>
public sealed record Delivery(DeliveryKind Kind, string Text, ulong Procedure, string? ProcedureName, ImmutableArray<DeliveredValue> Values);

/// <summary>Procedures of the program that callbacks call beside window procedures.</summary>
public enum DeliveryKind
{
    /// <summary>A hook procedure.</summary>
    Hook,

    /// <summary>A procedure for WinEvents.</summary>
    WinEvent,

    /// <summary>A procedure that gets one display monitor after the other.</summary>
    MonitorEnumeration,
}

/// <summary>An argument of a <see cref="Delivery"/>.</summary>
/// <param name="Name">Its name in the documentation of the procedure, for example <c>vkCode</c>.</param>
/// <param name="Value">Its value; one of 32 bits is not extended.</param>
public sealed record DeliveredValue(string Name, ulong Value);
