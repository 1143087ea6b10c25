using System.Buffers.Binary;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>What the kernel itself says of where callbacks go through.</summary>
/// <param name="Callout">Where <c>nt!KiCallUserMode</c> starts; null when it or its end is not known.</param>
/// <param name="CalloutEnd">The address after it.</param>
/// <param name="Dispatcher">Where <c>ntdll!KiUserCallbackDispatcher</c> starts in every process; null when not known.</param>
internal sealed record KernelLandmarks(ulong? Callout, ulong CalloutEnd, ulong? Dispatcher)
{
    /// <summary>Reads them; the engine knows the first without symbols.</summary>
    public static KernelLandmarks Of(DebugEngine engine, KernelTypes? types)
    {
        ulong? end = engine.DataSpaces.TryReadDebuggerData(DebuggerData.KiCallUserModeAddr, out ulong callout).Succeeded && callout != 0
            ? EndOfFunction(engine, callout)
            : null;
        return new(end is null ? null : callout, end ?? 0, types?.PointerIn(KernelCallout.DispatcherVariable) is { } dispatcher and not 0 ? dispatcher : null);
    }

    /// <summary>Bytes from the start of <c>nt!KiCallUserMode</c> to an address within it; null for any other address.</summary>
    public ulong? DisplacementInCallout(ulong address) =>
        Callout is { } start && address >= start && address < CalloutEnd ? address - start : null;

    /// <summary>By the RUNTIME_FUNCTION (winnt.h) of an x64 function: its start, end and unwind data, relative to the image.</summary>
    private static ulong? EndOfFunction(DebugEngine engine, ulong start)
    {
        Span<byte> entry = stackalloc byte[3 * sizeof(uint)];
        if (!engine.Symbols.TryGetModuleByOffset(start, out ulong image).Succeeded || !engine.Symbols.TryGetFunctionEntry(start, entry).Succeeded)
            return null;
        ulong begin = image + BinaryPrimitives.ReadUInt32LittleEndian(entry);
        return begin == start ? image + BinaryPrimitives.ReadUInt32LittleEndian(entry[sizeof(uint)..]) : null;
    }
}
