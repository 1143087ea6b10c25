namespace KCallbacks.Detection.Windows;

/// <summary>
/// Fields of the TEB and the PEB that tell what a thread waits for: public types of ntdll 15063 to 17763, and the code of ntdll and
/// user32 7600 to 26100.
/// </summary>
internal readonly record struct ThreadBlockLayout
{
    /// <summary>The flag in SameTebFlags of the thread that loads libraries; Windows 10 and later.</summary>
    public const ushort LoadOwner = 0x1000;

    /// <summary>On x64.</summary>
    public static readonly ThreadBlockLayout X64 = new() { ProcessId = 0x40, WindowThread = 0x78, WaitingOnLoaderLock = 0x1760, SameTebFlags = 0x17ee, CallbackWindow = 0x840, LoaderLock = 0x110 };

    /// <summary>On x86; the window's place is not known there.</summary>
    public static readonly ThreadBlockLayout X86 = new() { ProcessId = 0x20, WindowThread = 0x40, WaitingOnLoaderLock = 0xf84, SameTebFlags = 0xfca, CallbackWindow = null, LoaderLock = 0xa0 };

    /// <summary>TEB.ClientId.UniqueProcess: the id of the thread's process.</summary>
    public uint ProcessId { get; private init; }

    /// <summary>TEB.Win32ThreadInfo: set once the thread has called the window manager, which then keeps a message queue for it.</summary>
    public uint WindowThread { get; private init; }

    /// <summary>TEB.WaitingOnLoaderLock: 1 while the thread waits for the loader lock.</summary>
    public uint WaitingOnLoaderLock { get; private init; }

    /// <summary>TEB.SameTebFlags, 16 bits.</summary>
    public uint SameTebFlags { get; private init; }

    /// <summary>TEB.Win32ClientInfo.CallbackWnd: the window whose procedure the kernel calls in the thread, which so owns it.</summary>
    public uint? CallbackWindow { get; private init; }

    /// <summary>PEB.LoaderLock: address of the critical section.</summary>
    public uint LoaderLock { get; private init; }
}
