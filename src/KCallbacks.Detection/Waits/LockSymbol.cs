using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Waits;

/// <summary>Names of locks that lie in a module.</summary>
internal static class LockSymbol
{
    /// <summary>A lock may be a member of a variable, so its name may lie a little before it.</summary>
    private const ulong LargestVariable = 0x1000;

    /// <summary><c>module!name</c>, <c>module!name+0x10</c> or <c>module+0xrva</c>; null for a lock on the heap or on a stack.</summary>
    public static string? Of(IProcessView process, ulong address)
    {
        if (PlaceName.InModule(process, address) is not { } place)
            return null;
        if (process.FindSymbol(address) is not { Function: { } name } symbol || (symbol.IsExport ? symbol.Displacement != 0 : symbol.Displacement > LargestVariable))
            return place;
        return symbol.Displacement == 0 ? $"{symbol.Module}!{name}" : $"{symbol.Module}!{name}+0x{symbol.Displacement:x}";
    }
}
