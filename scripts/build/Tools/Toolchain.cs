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
}
