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
    public static void EnsureBrowser()
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            DebianTools.OfThisMachine().Ensure(DebianTool.ForPages);
        }
        catch (ToolMissingException missing)
        {
            Step.Say($"SKIPPED: the tests of the page need Chromium. {missing.Message}");
        }
    }
}
