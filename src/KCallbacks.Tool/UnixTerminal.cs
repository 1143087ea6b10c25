using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KCallbacks.Tool;

/// <summary>The terminal of Linux. The class library would tell its width too, but switches the keyboard to another mode for it, and leaves it there.</summary>
[SupportedOSPlatform("linux")]
internal static class UnixTerminal
{
    private const int StandardOutput = 1;

    /// <summary>TIOCGWINSZ (ioctl_tty(2)).</summary>
    private const nuint GetWindowSize = 0x5413;

    /// <summary>Characters of a line; null when it does not tell.</summary>
    public static int? Width => Ask(StandardOutput, GetWindowSize, out WindowSize size) == 0 && size.Columns > 0 ? size.Columns : null;

    [DllImport("libc", EntryPoint = "ioctl", ExactSpelling = true)]
    private static extern int Ask(int file, nuint request, out WindowSize size);

    /// <summary><c>struct winsize</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct WindowSize
    {
        public readonly ushort Rows;
        public readonly ushort Columns;
        public readonly ushort PixelsX;
        public readonly ushort PixelsY;
    }
}
