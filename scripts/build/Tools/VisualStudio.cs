using System.Diagnostics;

namespace KCallbacks.Build.Tools;

/// <summary>The C++ build tools of Windows, which link native programs.</summary>
internal static class VisualStudio
{
    private const string CppTools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";

    /// <summary>Names the command that installs the C++ build tools when they are missing.</summary>
    /// <exception cref="ToolMissingException">They are.</exception>
    public static void Ensure()
    {
        if (!HasCppTools())
        {
            throw new ToolMissingException("The C++ build tools are missing. Install them with: "
                + "winget install Microsoft.VisualStudio.2022.BuildTools --override "
                + "\"--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"");
        }
    }

    private static bool HasCppTools()
    {
        string locator = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft Visual Studio", "Installer", "vswhere.exe");
        if (!File.Exists(locator))
            return false;
        var start = new ProcessStartInfo(locator, ["-latest", "-products", "*", "-requires", CppTools, "-property", "installationPath"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        bool found = process.StandardOutput.ReadToEnd().Trim().Length > 0;
        process.WaitForExit();
        return found;
    }
}
