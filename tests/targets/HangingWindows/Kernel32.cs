using System.Runtime.InteropServices;

namespace HangingWindows;

/// <summary>Functions of <c>processthreadsapi.h</c> and <c>synchapi.h</c>.</summary>
internal static unsafe partial class Kernel32
{
    [LibraryImport("kernel32")]
    public static partial uint GetCurrentThreadId();

    [LibraryImport("kernel32")]
    public static partial void InitializeCriticalSection(void* section);

    [LibraryImport("kernel32")]
    public static partial void EnterCriticalSection(void* section);
}
