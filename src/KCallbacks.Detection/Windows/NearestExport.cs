using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// Tells whether the nearest export before an address names the function that holds it. An export table names only a part of an
/// image's functions, so after each export others may lie; every target that names code by exports asks here.
/// </summary>
public static class NearestExport
{
    /// <summary>Without unwind data nothing is believed further off.</summary>
    private const ulong Farthest = 0x400;

    private const byte Interrupt3 = 0xcc;
    private const byte NoOperation = 0x90;

    /// <summary>The symbol; without its function when the address is in another one.</summary>
    /// <param name="nearest">The symbol nearest before the address.</param>
    /// <param name="address">The address.</param>
    /// <param name="moduleBase">Where its module lies.</param>
    /// <param name="process">The process.</param>
    public static Symbol Judge(Symbol nearest, ulong address, ulong moduleBase, IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return !nearest.IsExport || nearest.Function is null || IsInside(nearest, address, process)
            ? nearest
            : nearest with { Function = null, Displacement = address - moduleBase };
    }

    private static bool IsInside(Symbol nearest, ulong address, IProcessView process)
    {
        if (nearest.Displacement == 0)
            return true;
        ulong start = address - nearest.Displacement;
        if (process.FindFunctionStart(address) is { } function)
            return function == start;
        // What its code looks like up to there, hooked or padded, does not matter.
        if (Dispatcher.Fit(FunctionName.Of(nearest.Function), nearest.Displacement) == DispatcherFit.ReturnDisplacement)
            return true;
        return nearest.Displacement <= SystemCallStub.Reach || IsUnbroken(start, nearest.Displacement, process);
    }

    /// <summary>Whether no gap between two functions lies before the address: compilers fill it with <c>int 3</c> or <c>nop</c>.</summary>
    private static bool IsUnbroken(ulong start, ulong length, IProcessView process)
    {
        if (length > Farthest || process.Architecture is not (Architecture.X86 or Architecture.X64))
            return false;
        Span<byte> code = stackalloc byte[(int)length];
        return process.TryRead(start, code)
            && code.IndexOf([Interrupt3, Interrupt3]) < 0
            && code.IndexOf([NoOperation, NoOperation, NoOperation, NoOperation]) < 0;
    }
}
