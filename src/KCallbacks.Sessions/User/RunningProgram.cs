using System.Runtime.InteropServices;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.User;

/// <summary>The programs that run on this machine.</summary>
internal static partial class RunningProgram
{
    /// <summary>PROCESS_QUERY_LIMITED_INFORMATION of winnt.h.</summary>
    private const uint LimitedInformation = 0x1000;

    /// <summary>The longest path of Windows, in characters.</summary>
    private const int LongestPath = 0x8000;

    /// <summary>The file name of a process's program; null when the system does not tell.</summary>
    /// <param name="processId">The process.</param>
    public static string? NameOf(uint processId)
    {
        nint process = OpenProcess(LimitedInformation, inheritsHandle: 0, processId);
        if (process == 0)
            return null;
        char[] path = new char[LongestPath];
        uint length = LongestPath;
        bool isNamed = QueryFullProcessImageNameW(process, flags: 0, ref path[0], ref length) != 0;
        _ = CloseHandle(process);
        return isNamed ? Path.GetFileName(path.AsSpan(0, (int)length)).ToString() : null;
    }

    [LibraryImport(SystemModules.Kernel32)]
    private static partial nint OpenProcess(uint access, int inheritsHandle, uint processId);

    [LibraryImport(SystemModules.Kernel32, StringMarshalling = StringMarshalling.Utf16)]
    private static partial int QueryFullProcessImageNameW(nint process, uint flags, ref char path, ref uint length);

    [LibraryImport(SystemModules.Kernel32)]
    private static partial int CloseHandle(nint handle);
}
