using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>By what a process that runs under Wine is known.</summary>
public static class Wine
{
    /// <summary>An export of Wine's ntdll, documented as the way to tell (wiki.winehq.org, "Developer FAQ").</summary>
    private const string VersionFunction = "wine_get_version";

    /// <summary>Whether a process runs under Wine.</summary>
    public static bool Runs(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return process.FindFunction(SystemModules.Ntdll, VersionFunction) is not null;
    }
}
