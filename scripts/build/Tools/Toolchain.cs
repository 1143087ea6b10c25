namespace KCallbacks.Build.Tools;

/// <summary>What building and running needs besides the .NET SDK.</summary>
internal static class Toolchain
{
    /// <summary>Sees to it that everything is there.</summary>
    /// <exception cref="ToolMissingException">Something is not, and cannot be installed from here.</exception>
    public static void Ensure()
    {
        Step.Say("Checking the tools");
        if (OperatingSystem.IsWindows())
            VisualStudio.Ensure();
        else
            DebianTools.OfThisMachine().Ensure(DebianTool.All);
    }

    /// <summary>Sees to it that there is a browser for the tests of the page; says so where there is none.</summary>
    public static void EnsureBrowser() => TryEnsure(DebianTool.ForPages, "the tests of the page need Chromium");

    /// <summary>Sees to it that there is a Slurm for the test of the array job; says so where there is none.</summary>
    public static void EnsureCluster() => TryEnsure(DebianTool.ForClusters, "the test of the array job needs Slurm");

    /// <summary>Sees to it that there is a display for the tests of WinForms and WPF; says so where there is none.</summary>
    public static void EnsureDisplay() => TryEnsure(DebianTool.ForDesktop, "the tests of WinForms and WPF need a display");

    private static void TryEnsure(IReadOnlyList<DebianTool> tools, string purpose)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            DebianTools.OfThisMachine().Ensure(tools);
        }
        catch (ToolMissingException missing)
        {
            Step.Say($"SKIPPED: {purpose}. {missing.Message}");
        }
    }
}
