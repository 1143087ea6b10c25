using KCallbacks.Build.Packaging;
using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Verbs;

/// <summary>The release zip, the list of what it is made of, and the checksums of both.</summary>
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
        return Write(repository, libraries, repository.Packages);
    }

    /// <summary>Writes the zip, what it is made of, and the checksums of both.</summary>
    /// <param name="repository">Has the manifest, the script and the lock files.</param>
    /// <param name="libraries">Paths by the gallery's name of the architecture.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>Path of the zip.</returns>
    public static string Write(Repository repository, IReadOnlyDictionary<string, string> libraries, string folder)
    {
        GalleryPackage package = PackageOf(repository, libraries);
        string zip = package.WriteTo(folder);
        Checksums.Write(zip, new BillOfMaterials(package.Version, repository.LockFilesOfReleased).WriteTo(folder));
        return zip;
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
