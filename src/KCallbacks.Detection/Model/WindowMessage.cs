namespace KCallbacks.Detection.Model;

/// <summary>The window message a callback delivers.</summary>
/// <param name="Number">Message number.</param>
/// <param name="Name">Its public name, for example <c>WM_PAINT</c>, or <c>WM_USER+0x12</c>; null when it has none.</param>
/// <param name="WParam">First parameter, as passed; null when the callback does not carry it.</param>
/// <param name="LParam">Second parameter, as passed, which may be the address of a copy in the callback's input; null when it does not carry it.</param>
/// <param name="WindowProcedure">Address of the procedure called; 0 when not known.</param>
/// <param name="WindowProcedureName">Its <c>module!function</c>, or <c>module+0xrva</c>; null when it lies in no module.</param>
/// <param name="WindowProcedurePlace">Its <c>module+0xoffset</c>, which is the same in every run; null when it lies in no known module.</param>
public sealed record WindowMessage(
    uint Number,
    string? Name,
    ulong? WParam,
    ulong? LParam,
    ulong WindowProcedure = 0,
    string? WindowProcedureName = null,
    string? WindowProcedurePlace = null);
