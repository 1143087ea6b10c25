using System.Buffers;

namespace KCallbacks.Detection.Windows;

/// <summary>Reads module names in every spelling debuggers print, without allocating.</summary>
public static class ModuleName
{
    private static readonly SearchValues<char> PathSeparators = SearchValues.Create("\\/");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The name without path, extension, the letter of WoW64's symbol files and the load address the engine appends to a second module of the same name.</summary>
    internal static ReadOnlySpan<char> Plain(ReadOnlySpan<char> printed)
    {
        ReadOnlySpan<char> name = printed.Trim();
        name = name[(name.LastIndexOfAny(PathSeparators) + 1)..];
        name = WithoutExtension(name);
        int underscore = name.LastIndexOf('_');
        if (underscore > 0 && IsLoadAddress(name[(underscore + 1)..]))
            name = name[..underscore];
        // The symbol files of 32-bit modules on 64-bit Windows carry a "w": wntdll.pdb, wuser32.pdb.
        return name is ['w' or 'W', .. var module] && Known(name) == SystemModule.Other && Known(module) != SystemModule.Other ? module : name;
    }

    /// <summary>Which system module a printed name stands for.</summary>
    internal static SystemModule Recognise(ReadOnlySpan<char> printed)
    {
        ReadOnlySpan<char> name = Plain(printed);
        if (name.IsEmpty)
            return SystemModule.Missing;

        SystemModule module = Known(name);
        if (module != SystemModule.Other)
            return module;
        if (IsOfKernel(name) || EndsWith(printed.Trim(), ".sys"))
            return SystemModule.Kernel;
        return IsGlue(name) ? SystemModule.Glue : SystemModule.Other;
    }

    /// <summary>Whether a module is the 64-bit library that runs a 32-bit process, which no other process has.</summary>
    public static bool IsWow64(string? printed) => Recognise(printed) == SystemModule.Wow64;

    /// <summary>Whether a module runs in kernel mode.</summary>
    public static bool IsKernel(string? printed) => Recognise(printed) == SystemModule.Kernel;

    private static bool IsGlue(ReadOnlySpan<char> name) => name.Length switch
    {
        3 => Is(name, "clr"),
        7 when Is(name, "uxtheme") || Is(name, "coreclr") => true,
        8 when Is(name, "comctl32") || Is(name, "mscorwks") => true,
        _ => IsClassLibrary(name),
    };

    /// <summary><c>mfc42</c>, <c>mfc140u</c>, <c>mfc140ud</c>, <c>atl100</c>.</summary>
    private static bool IsClassLibrary(ReadOnlySpan<char> name) =>
        name.Length is >= 5 and <= 9
        && (StartsWith(name, "mfc") || StartsWith(name, "atl"))
        && char.IsAsciiDigit(name[3])
        && name[3..].TrimEnd("uUdD").IndexOfAnyExceptInRange('0', '9') < 0;

    private static SystemModule Known(ReadOnlySpan<char> name) => name.Length switch
    {
        5 when Is(name, SystemModules.Ntdll) => SystemModule.Ntdll,
        5 when Is(name, "gdi32") => SystemModule.Gdi32,
        5 when Is(name, "imm32") => SystemModule.Imm32,
        5 when Is(name, "wow64") => SystemModule.Wow64,
        6 when Is(name, SystemModules.User32) => SystemModule.User32,
        6 when Is(name, "win32u") => SystemModule.Win32u,
        6 when Is(name, "xtajit") => SystemModule.Wow64Cpu,
        8 when Is(name, "kernel32") => SystemModule.Kernel32,
        8 when Is(name, SystemModules.Wow64Win) => SystemModule.Wow64Win,
        8 when Is(name, "wow64cpu") => SystemModule.Wow64Cpu,
        8 when Is(name, "xtajit64") => SystemModule.Wow64Cpu,
        8 when Is(name, "wowarmhw") => SystemModule.Wow64Cpu,
        9 when Is(name, "gdi32full") => SystemModule.Gdi32,
        10 when Is(name, "kernelbase") => SystemModule.Kernel32,
        _ => SystemModule.Other,
    };

    private static bool IsOfKernel(ReadOnlySpan<char> name) =>
        Is(name, SystemModules.Kernel)
        || Is(name, "hal")
        || StartsWith(name, "ntoskrnl")
        || StartsWith(name, "ntkrnl")
        || StartsWith(name, "ntkrpamp")
        || StartsWith(name, "win32k")
        || StartsWith(name, "dxgkrnl")
        || StartsWith(name, "dxgmms");

    private static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> name)
    {
        bool hasExtension = EndsWith(name, ".dll") || EndsWith(name, ".exe") || EndsWith(name, ".sys") || EndsWith(name, ".drv");
        return hasExtension ? name[..^4] : name;
    }

    private static bool IsLoadAddress(ReadOnlySpan<char> digits) =>
        digits.Length is >= 5 and <= 16 && !digits.ContainsAnyExcept(HexDigits);

    private static bool Is(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool StartsWith(ReadOnlySpan<char> name, string start) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool EndsWith(ReadOnlySpan<char> name, string end) => name.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
