using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Names;

/// <summary>Names of places in the code that bear no name of their own.</summary>
internal static class PlaceName
{
    /// <summary><c>module!function</c> of a function that begins at an address, else <c>module+0xrva</c>; null when it lies in no module.</summary>
    public static string? OfFunction(IProcessView process, ulong address) =>
        process.FindSymbol(address) is { Function: { } function, Displacement: 0 } symbol ? $"{symbol.Module}!{function}" : InModule(process, address);

    /// <summary><c>module!function</c> of the code at an address, else <c>module+0xrva</c>; null when it lies in no module.</summary>
    public static string? At(IProcessView process, ulong address)
    {
        if (address == 0 || process.FindSymbol(address) is not { } symbol)
            return null;
        return symbol.Function is { } function
            ? $"{symbol.Module}!{function}"
            : string.Create(CultureInfo.InvariantCulture, $"{symbol.Module}+0x{symbol.Displacement:x}");
    }

    /// <summary><c>module+0xrva</c>; null when the address lies in no module.</summary>
    public static string? InModule(IProcessView process, ulong address)
    {
        foreach (Module module in process.Modules)
        {
            if (module.Contains(address))
                return string.Create(CultureInfo.InvariantCulture, $"{module.Name}+0x{address - module.Base:x}");
        }

        return null;
    }
}
