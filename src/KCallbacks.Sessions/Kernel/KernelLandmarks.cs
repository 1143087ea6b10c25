using KCallbacks.DbgEng;

namespace KCallbacks.Sessions;

/// <summary>What the kernel itself says of where callbacks go through.</summary>
/// <param name="Callout">Where <c>nt!KiCallUserMode</c> starts; null when not known.</param>
/// <param name="Dispatcher">Where <c>ntdll!KiUserCallbackDispatcher</c> starts in every process; null when not known.</param>
internal sealed record KernelLandmarks(ulong? Callout, ulong? Dispatcher)
{
    /// <summary>No <c>KiCallUserMode</c> is longer.</summary>
    private const ulong LongestCallout = 0x400;

    /// <summary>Reads them; the engine knows the first without symbols.</summary>
    public static KernelLandmarks Of(DebugEngine engine, KernelTypes? types) => new(
        engine.DataSpaces.TryReadDebuggerData(DebuggerData.KiCallUserModeAddr, out ulong callout).Succeeded && callout != 0 ? callout : null,
        types?.PointerIn("KeUserCallbackDispatcher") is { } dispatcher and not 0 ? dispatcher : null);

    /// <summary>Bytes from the start of <c>nt!KiCallUserMode</c> to an address within it; null for any other address.</summary>
    public ulong? DisplacementInCallout(ulong address) =>
        Callout is { } start && address >= start && address - start < LongestCallout ? address - start : null;
}
