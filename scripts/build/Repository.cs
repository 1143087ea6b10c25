namespace KCallbacks.Build;

/// <summary>Where things lie in the repository.</summary>
/// <param name="Root">Folder of the solution.</param>
internal sealed record Repository(string Root)
{
    private const string Configuration = "Release";

    public string Solution => Path.Combine(Root, SolutionName);

    /// <summary>Whatever is made and can be thrown away; git ignores it.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    public string WinePrefix => Path.Combine(Artifacts, "wine");

    public string TestResults => Path.Combine(Artifacts, "tests");

    /// <summary>Building this project also publishes what runs in and around the engine.</summary>
    public string EngineTests => Path.Combine(Root, "tests", "KCallbacks.Engine.Tests", "KCallbacks.Engine.Tests.csproj");

    public string EngineHost => EngineImage("enginehost.exe");

    public string Extension => EngineImage("kcallbacks.dll");

    public string SampleTarget => EngineImage("HangingWindows.exe");

    /// <summary>Where release files go.</summary>
    public string Packages => Path.Combine(Artifacts, "package");

    public string ExtensionProject => Path.Combine(Root, "src", "KCallbacks.Extension", "KCallbacks.Extension.csproj");

    public string ToolProject => Path.Combine(Root, "src", "KCallbacks.Tool", "KCallbacks.Tool.csproj");

    /// <summary>What the tool's packages say of it.</summary>
    public string ToolReadme => Path.Combine(Root, "src", "KCallbacks.Tool", "PackageReadme.md");

    public string License => Path.Combine(Root, "LICENSE");

    /// <summary>Pins of the packages that the extension and the tool are made of.</summary>
    public IReadOnlyList<string> LockFilesOfReleased => [.. new[] { ExtensionProject, ToolProject }.Select(project => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))];

    public string GalleryManifest => Path.Combine(Root, "src", "KCallbacks.Extension", "GalleryManifest.xml");

    /// <summary>Where a program of a release is published.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="runtime">For which system, for example <c>win-x64</c>.</param>
    public string PublishedFrom(string project, string runtime) =>
        Path.Combine(Artifacts, "publish", project == ToolProject ? "tool" : "extension", runtime);

    public string DebuggerScript => Path.Combine(Root, "scripts", "kcallbacks.js");

    private const string SolutionName = "DbgExt.sln";

    public static Repository Containing(string folder)
    {
        var candidate = new DirectoryInfo(folder);
        while (!File.Exists(Path.Combine(candidate.FullName, SolutionName)))
            candidate = candidate.Parent ?? throw new StepFailedException($"No {SolutionName} above {folder}.");
        return new Repository(candidate.FullName);
    }

    /// <summary>All test projects, in the order of their names.</summary>
    public IReadOnlyList<string> TestProjects() =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string EngineImage(string name) =>
        Path.Combine(Path.GetDirectoryName(EngineTests)!, "bin", Configuration, "net10.0", "engine", name);
}
