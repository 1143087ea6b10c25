namespace KCallbacks.Detection.Windows;

/// <summary>The modules of Windows that take part in a callback.</summary>
internal enum SystemModule : byte
{
    /// <summary>Any other module.</summary>
    Other,

    /// <summary>The target names no module.</summary>
    Missing,

    /// <summary><c>ntdll</c>, native or the 32-bit one of a WoW64 process.</summary>
    Ntdll,

    /// <summary><c>user32</c>: callback routines; system call stubs before Windows 10.</summary>
    User32,

    /// <summary><c>win32u</c>: system call stubs since Windows 10.</summary>
    Win32u,

    /// <summary><c>gdi32</c> and <c>gdi32full</c>: system call stubs and the printer thunk.</summary>
    Gdi32,

    /// <summary><c>imm32</c>: system call stubs and input method routines.</summary>
    Imm32,

    /// <summary><c>kernel32</c> and <c>kernelbase</c>.</summary>
    Kernel32,

    /// <summary><c>wow64</c>: the 64-bit half of a WoW64 thread.</summary>
    Wow64,

    /// <summary><c>wow64win</c>: WoW64's callback routines and graphical system calls.</summary>
    Wow64Win,

    /// <summary><c>wow64cpu</c> and the emulators that take its place on ARM64.</summary>
    Wow64Cpu,

    /// <summary>
    /// Libraries that stand between a window and the program's own procedure: subclassing (<c>comctl32</c>, <c>uxtheme</c>), class libraries
    /// (<c>mfc140u</c>, <c>atl100</c>), the thunks of .NET (<c>clr</c>, <c>coreclr</c>).
    /// </summary>
    Glue,

    /// <summary>Modules in kernel mode.</summary>
    Kernel,
}
