using System.Collections.Immutable;

namespace KCallbacks.Detection.Windows;

/// <summary>Names of Windows' modules without extension, as debuggers print them.</summary>
public static class SystemModules
{
    /// <summary>The native library: dispatcher, loader, locks, system call stubs.</summary>
    public const string Ntdll = "ntdll";

    /// <summary>The window manager's user half, with the callback routines.</summary>
    public const string User32 = "user32";

    /// <summary>WoW64's graphical system calls and its callback routines.</summary>
    public const string Wow64Win = "wow64win";

    /// <summary>The functions of Windows for programs.</summary>
    public const string Kernel32 = "kernel32";

    /// <summary>The kernel, whatever its file is called.</summary>
    public const string Kernel = "nt";

    /// <summary>The runtime of .NET 5 and later and of .NET Core.</summary>
    public const string CoreRuntime = "coreclr";

    /// <summary>Modules whose functions everybody knows without the module's name.</summary>
    public static ImmutableArray<string> WellKnown { get; } = [Ntdll, "win32u", User32, "gdi32", Wow64Win, Kernel32, "kernelbase"];

    /// <summary>The runtimes of .NET: of .NET 5 and later and .NET Core, of .NET Framework 4, of its earlier versions.</summary>
    public static ImmutableArray<string> Runtimes { get; } = [CoreRuntime, "clr", "mscorwks"];

    /// <summary>Whether a printed module is a runtime of .NET, or the library that it comes with, as runtimes and debuggers spell it.</summary>
    public static bool IsOfRuntime(string? printed)
    {
        string module = ModuleName.Plain(printed).ToString().Replace('_', '.');
        return Runtimes.Contains(module, StringComparer.OrdinalIgnoreCase)
            || module.StartsWith("System.Private.CoreLib", StringComparison.OrdinalIgnoreCase)
            || module.StartsWith("mscorlib", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a module is the runtime of .NET 5 or later, or of .NET Core.</summary>
    public static bool IsCoreRuntime(string module) => string.Equals(module, CoreRuntime, StringComparison.OrdinalIgnoreCase);
}
