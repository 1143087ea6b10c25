using System.Runtime.InteropServices;

namespace HangingWindows;

internal static partial class Kernel32
{
    [LibraryImport("kernel32")]
    public static partial uint GetCurrentThreadId();
}
