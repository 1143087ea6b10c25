namespace KCallbacks.Build.Tools;

/// <summary>Breakpad's <c>minidump_stackwalk</c>, from the npm package <c>minidump</c>: what others read dumps with on Linux.</summary>
internal static class Breakpad
{
    private const string Version = "0.26.0";

    /// <summary>Installs it into the artifacts.</summary>
    /// <returns>Path of the program; null where it cannot be installed, which is said.</returns>
    public static string? Install(Repository repository)
    {
        string folder = Path.Combine(repository.Artifacts, "breakpad");
        string program = Path.Combine(folder, "node_modules", "minidump", "bin", "linux-x64", "minidump_stackwalk");
        if (!File.Exists(program))
            TryInstall(folder);
        if (File.Exists(program))
            return program;
        Step.Say("SKIPPED: breakpad's minidump_stackwalk could not be installed; it needs npm (apt-get install npm) and a package registry");
        return null;
    }

    private static void TryInstall(string folder)
    {
        Step.Say($"Installing the npm package minidump {Version}");
        try
        {
            Step.TryRun("npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--silent", $"minidump@{Version}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no npm; what that means is said by the caller.
        }
    }
}
