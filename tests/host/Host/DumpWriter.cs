using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KCallbacks.EngineHost;

/// <summary>Writes minidumps of other processes with Microsoft's dbghelp.</summary>
internal static partial class DumpWriter
{
    private const uint Normal = 0;              // MiniDumpNormal
    private const uint WithFullMemory = 2;      // MiniDumpWithFullMemory

    public static void Write(uint processId, string path, bool withFullMemory)
    {
        using Process process = Process.GetProcessById((int)processId);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        if (!MiniDumpWriteDump(process.SafeHandle, processId, file, withFullMemory ? WithFullMemory : Normal, 0, 0, 0))
            throw new Win32Exception();
    }

    [LibraryImport("dbghelp", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool MiniDumpWriteDump(
        SafeProcessHandle process, uint processId, SafeFileHandle file, uint type, nint exception, nint userStreams, nint callback);
}
