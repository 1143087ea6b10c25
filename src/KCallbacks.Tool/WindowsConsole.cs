using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KCallbacks.Tool;

/// <summary>The console of Windows shows colours only after it was told to.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsConsole
{
    private const int StandardOutput = -11;
    private const uint VirtualTerminalProcessing = 4;

    /// <summary>Tells it.</summary>
    /// <returns>Whether standard output shows colours now.</returns>
    public static bool TryShowColours()
    {
        nint console = GetStdHandle(StandardOutput);
        return GetConsoleMode(console, out uint mode) != 0
            && ((mode & VirtualTerminalProcessing) != 0 || SetConsoleMode(console, mode | VirtualTerminalProcessing) != 0);
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    private static extern nint GetStdHandle(int which);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    private static extern int GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    private static extern int SetConsoleMode(nint console, uint mode);
}
