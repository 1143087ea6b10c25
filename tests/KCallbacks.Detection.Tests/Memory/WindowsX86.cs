using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>A 32-bit process with the modules and addresses that callbacks need.</summary>
public static class WindowsX86
{
    public const uint Ntdll = 0x771d_0000;
    public const uint Win32u = 0x7600_0000;
    public const uint User32 = 0x7520_0000;
    public const uint App = 0x0040_0000;

    public const uint Dispatcher = Ntdll + 0x74f40;
    public const uint CallbackReturn = Ntdll + 0x71230;
    public const uint FastCallReturn = Ntdll + 0x76c00;

    /// <summary>Where the stub of a graphical system call continues.</summary>
    public const uint Entry = Win32u + 0x100c;

    public static readonly Module[] Modules =
    [
        new("app", App, 0x20000),
        new("user32", User32, 0x190000),
        new("win32u", Win32u, 0x18000),
        new("ntdll_771d0000", Ntdll, 0x1a3000),
    ];

    /// <summary>What the call to the routine leaves: the displacement of the version's return.</summary>
    public static uint ReturnOf(CallbackLayout layout) => Dispatcher + layout switch
    {
        CallbackLayout.X86Xp => 0x13u,
        CallbackLayout.X86Vista => 0x36u,
        _ => 0x4du,
    };

    /// <summary>KiUserCallbackExceptionHandler, by its measured distance from the return.</summary>
    public static uint HandlerOf(CallbackLayout layout) => ReturnOf(layout) - (layout == CallbackLayout.X86Vista ? 0xb6u : 0xcdu);

    /// <summary>The first build of a version that has the layout.</summary>
    public static int BuildOf(CallbackLayout layout) => layout switch
    {
        CallbackLayout.X86Xp => 2600,
        CallbackLayout.X86Vista => 9600,
        _ => 19041,
    };

    /// <summary>Modules and exports of a version.</summary>
    public static SyntheticProcess WithExports(CallbackLayout layout) => WithoutSymbols(BuildOf(layout))
        .WithFunction("ntdll_771d0000!KiUserCallbackDispatcher", Dispatcher)
        .WithFunction("ntdll_771d0000!NtCallbackReturn", CallbackReturn)
        .WithFunction("ntdll_771d0000!KiFastSystemCallRet", FastCallReturn);

    /// <summary>Modules alone, as in a dump without images.</summary>
    public static SyntheticProcess WithoutSymbols(int? windowsBuild = null) =>
        new() { Architecture = Architecture.X86, WindowsBuild = windowsBuild, Modules = [.. Modules], HasExportsOnly = true };
}
