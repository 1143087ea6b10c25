using System.ComponentModel;
using System.Diagnostics;

namespace KCallbacks.Tool.Install;

/// <summary>Finds the processes that have a library loaded. A process of another user cannot be looked into and is passed over.</summary>
internal static class LibraryUsers
{
    /// <summary>Processes that have a file of a folder loaded, for example <c>EngHost.exe (4711)</c>.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        string prefix = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var users = new List<string>();
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                if (FilesOf(process).Any(file => file.StartsWith(prefix, comparison)))
                    users.Add($"{process.ProcessName} ({process.Id})");
            }
        }

        return users;
    }

    private static IEnumerable<string> FilesOf(Process process)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? [.. File.ReadLines($"/proc/{process.Id}/maps").Select(line => line.IndexOf('/') is >= 0 and var start ? line[start..] : "")]
                : [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
