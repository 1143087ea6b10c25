using KCallbacks.Build.Packaging;
using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Verbs;

/// <summary>The release zip with its checksum.</summary>
internal static class Package
{
    public static int Run(Repository repository)
    {
        Console.WriteLine(Make(repository));
        return 0;
    }

    /// <summary>Builds the extension and packs it.</summary>
    /// <returns>Path of the zip.</returns>
    public static string Make(Repository repository)
    {
        Toolchain.Ensure();
        string[] runtimes = OperatingSystem.IsWindows() ? ["win-x64", "win-arm64"] : ["win-x64"];
        Dictionary<string, string> libraries = [];
        foreach (string runtime in runtimes)
            libraries.Add(runtime.Replace("win-x64", "amd64").Replace("win-", ""), Publish(repository, runtime));
        Step.Say("Packing");
        return PackageOf(repository, libraries).WriteTo(repository.Packages);
    }

    /// <summary>The package of libraries that have been built.</summary>
    /// <param name="repository">Has the manifest and the script.</param>
    /// <param name="libraries">Paths by the gallery's name of the architecture.</param>
    public static GalleryPackage PackageOf(Repository repository, IReadOnlyDictionary<string, string> libraries) =>
        new(repository.GalleryManifest, repository.DebuggerScript, libraries, typeof(Package).Assembly.GetName().Version!);

    private static string Publish(Repository repository, string runtime)
    {
        string folder = Path.Combine(repository.Artifacts, "publish", runtime);
        Step.Run($"Building kcallbacks.dll for {runtime}", "dotnet", "publish", repository.ExtensionProject,
            "--configuration", "Release", "--runtime", runtime, "--output", folder, "--verbosity", "quiet", "--nologo");
        return Path.Combine(folder, "kcallbacks.dll");
    }
}
