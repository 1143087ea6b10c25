using KCallbacks.Build.Packaging;
using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Verbs;

/// <summary>The files of a release: extension and tool for Windows, the tool for Linux and for the .NET SDK, symbols, what it is made of, checksums.</summary>
internal static class Package
{
    private static readonly Version ThisVersion = typeof(Package).Assembly.GetName().Version!;

    /// <param name="repository">What is built.</param>
    /// <param name="withArm64">Whether also for Windows on ARM64, whose compiler package not every feed has.</param>
    public static int Run(Repository repository, bool withArm64)
    {
        Console.WriteLine(Make(repository, withArm64));
        return 0;
    }

    /// <summary>Builds everything and packs it.</summary>
    /// <param name="repository">What is built.</param>
    /// <param name="withArm64">Whether also for Windows on ARM64; only Windows has its linker.</param>
    /// <returns>Path of the zip for Windows.</returns>
    public static string Make(Repository repository, bool withArm64 = false)
    {
        if (withArm64 && !OperatingSystem.IsWindows())
            throw new StepFailedException("Programs for Windows on ARM64 are linked on Windows: run scripts\\package.ps1 --arm64 there.");
        Toolchain.Ensure();
        string[] runtimes = withArm64 ? ["win-x64", "win-arm64"] : ["win-x64"];
        var programs = new ReleasedPrograms(runtimes.ToDictionary(
            runtime => runtime.Replace("win-x64", "amd64").Replace("win-", ""),
            runtime => Path.Combine(Publishing.Publish(repository, repository.ExtensionProject, runtime), "kcallbacks.dll")))
        {
            WindowsTool = Path.Combine(Publishing.Publish(repository, repository.ToolProject, "win-x64"), "kcallbacks.exe"),
            LinuxTool = OperatingSystem.IsLinux() ? Path.Combine(Publishing.Publish(repository, repository.ToolProject, "linux-x64"), "kcallbacks") : null,
        };
        Step.Say("Packing");
        return Write(repository, programs, repository.Packages);
    }

    /// <summary>Writes the files of a release, and the checksums of all.</summary>
    /// <param name="repository">Has the manifest, the script, the texts and the lock files.</param>
    /// <param name="programs">What has been built.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>Path of the zip for Windows.</returns>
    public static string Write(Repository repository, ReleasedPrograms programs, string folder)
    {
        string zip = PackageOf(repository, programs).WriteTo(folder);
        List<string> files = [zip, new BillOfMaterials(ThisVersion, repository.LockFilesOfReleased).WriteTo(folder)];
        if (programs.LinuxTool is { } tool)
            files.Add(new LinuxArchive(tool, repository.ToolReadme, repository.License, ThisVersion).WriteTo(folder));
        if (programs.Symbols is { Count: > 0 } symbols)
            files.Add(new SymbolArchive(symbols, ThisVersion).WriteTo(folder));
        if (programs.WindowsTool is not null)
            files.Add(Publishing.PackTool(repository, ThisVersion, folder));
        Checksums.Write(files);
        return zip;
    }

    /// <summary>The package of programs that have been built.</summary>
    /// <param name="repository">Has the manifest and the script.</param>
    /// <param name="programs">What has been built.</param>
    public static GalleryPackage PackageOf(Repository repository, ReleasedPrograms programs) =>
        new(repository.GalleryManifest, repository.DebuggerScript, programs, ThisVersion);
}
