using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>An x64 process with the modules and addresses of Windows 10 and later, as far as callbacks need them.</summary>
public static class WindowsX64
{
    public const ulong Dispatcher = Ntdll + 0x9d310;
    public const ulong CallbackReturn = Ntdll + 0x99590;
    public const ulong ReturnFromRoutine = Dispatcher + 0x24;
    public const ulong ReturnFromCallbackReturn = Dispatcher + 0x30;

    /// <summary>After the system call of the stub of NtUserMessageCall.</summary>
    public const ulong Entry = Win32u + 0x1014;

    /// <summary>Where a callback routine begins; the low digit of every routine's address is the same.</summary>
    public const ulong Routine = User32 + 0x2_0b90;

    /// <summary>The build whose routines it has.</summary>
    public const int Build = 19041;

    public const ulong Ntdll = 0x7ffa_1000_0000;
    public const ulong Win32u = 0x7ffa_0e00_0000;
    public const ulong User32 = 0x7ffa_0f00_0000;
    public const ulong App = 0x7ff6_4000_0000;

    public static readonly Module[] Modules =
    [
        new("app", App, 0x20000),
        new("ntdll", Ntdll, 0x1f5000),
        new("user32", User32, 0x1a0000),
        new("win32u", Win32u, 0x22000),
    ];

    /// <summary>Modules, exports, and the code before <see cref="Entry"/>.</summary>
    public static SyntheticProcess WithExports() => WithoutSymbols()
        .WithFunction("ntdll!KiUserCallbackDispatcher", Dispatcher)
        .WithFunction("ntdll!NtCallbackReturn", CallbackReturn)
        .WithFunction("win32u!NtUserMessageCall", Entry - 0x14)
        .WithMemory(Entry - 2, 0x0F, 0x05, 0xC3);

    /// <summary>Modules alone, as in a dump without images.</summary>
    public static SyntheticProcess WithoutSymbols() => new() { Modules = [.. Modules], HasExportsOnly = true };
}
