using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Verbs;

/// <summary>The tool for this machine, which <c>scripts/kcallbacks</c> starts.</summary>
internal static class NativeTool
{
    /// <summary>Builds it after its sources changed.</summary>
    public static int Run(Repository repository)
    {
        Toolchain.Ensure();
        Console.WriteLine(Ensure(repository));
        return 0;
    }

    /// <summary>Builds it if its sources changed.</summary>
    /// <returns>Path of the program.</returns>
    public static string Ensure(Repository repository)
    {
        string folder = Publishing.Publish(repository, repository.ToolProject, OperatingSystem.IsWindows() ? "win-x64" : "linux-x64");
        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? "kcallbacks.exe" : "kcallbacks");
        // What was linked long ago from the same sources is as new as they are.
        File.SetLastWriteTimeUtc(program, DateTime.UtcNow);
        return program;
    }
}
