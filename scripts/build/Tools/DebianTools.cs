namespace KCallbacks.Build.Tools;

/// <summary>Sees to it that the tools are there: installs them where that is allowed, else names the command.</summary>
/// <param name="mayInstall">Whether apt-get is there and this user may run it.</param>
/// <param name="aptGet">Runs apt-get with these arguments; gives its exit code.</param>
internal sealed class DebianTools(bool mayInstall, Func<string[], int> aptGet)
{
    /// <summary>The machine's own apt-get.</summary>
    public static DebianTools OfThisMachine() =>
        new(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"), arguments => Step.TryRun("apt-get", arguments));

    /// <summary>Installs what is missing of <paramref name="tools"/>.</summary>
    /// <exception cref="ToolMissingException">It may not or cannot be installed.</exception>
    public void Ensure(IReadOnlyList<DebianTool> tools)
    {
        string[] missing = [.. tools.Where(tool => !tool.IsThere()).Select(tool => tool.Package)];
        if (missing.Length == 0)
            return;
        string command = $"apt-get install --yes {string.Join(' ', missing)}";
        if (!mayInstall)
            throw new ToolMissingException($"Tools are missing. Install them with: sudo {command}");

        Step.Say($"Installing {string.Join(", ", missing)}");
        if (!Install(missing))
            throw new ToolMissingException($"Tools are missing and could not be installed with: {command}");
    }

    /// <summary>A machine that has never updated its package lists, or long ago, needs that first.</summary>
    private bool Install(string[] packages)
    {
        string[] install = ["install", "--yes", "--quiet", "--no-install-recommends", .. packages];
        return aptGet(install) == 0 || (aptGet(["update", "--quiet"]) == 0 && aptGet(install) == 0);
    }
}
