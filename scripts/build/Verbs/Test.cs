using System.Xml.Linq;
using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Verbs;

/// <summary>All tests. The last line of the output is their sum.</summary>
internal static class Test
{
    /// <summary>
    /// Projects that start programs of Windows: most of their time they wait, so they run beside the rest. Under Wine each has a Windows of its
    /// own; on Windows they share what a user has, and run one after the other.
    /// </summary>
    private static readonly string[] RunsWindowsPrograms = ["KCallbacks.Engine.Tests", "KCallbacks.Release.Tests"];

    public static int Run(Repository repository)
    {
        Toolchain.Ensure();
        Toolchain.EnsureBrowser();
        Toolchain.EnsureCluster();
        Toolchain.EnsureDisplay();
        Step.Run("Building everything", "dotnet",
            "build", repository.Solution, "--configuration", "Release", "--verbosity", "quiet", "--nologo");

        if (Directory.Exists(repository.TestResults))
            Directory.Delete(repository.TestResults, recursive: true);
        Task<TestCount>[] lanes = [.. repository.TestProjects().GroupBy(LaneOf).Select(projects => Task.Run(() => RunAll(repository, projects)))];
        TestCount sum = lanes.Select(lane => lane.Result).Aggregate(TestCount.None, (all, next) => all + next);
        Console.WriteLine(sum);
        return sum.Failed == 0 ? 0 : 1;
    }

    /// <summary>What runs beside the others is named by its lane.</summary>
    private static string LaneOf(string project) => RunsWindowsPrograms.FirstOrDefault(project.Contains) switch
    {
        null => "the rest",
        { } name => OperatingSystem.IsWindows() ? "programs of Windows" : name,
    };

    private static TestCount RunAll(Repository repository, IEnumerable<string> projects) =>
        projects.Select(project => RunProject(repository, project)).Aggregate(TestCount.None, (all, next) => all + next);

    private static TestCount RunProject(Repository repository, string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        string results = Path.Combine(repository.TestResults, name + ".trx");
        Step.Say($"Testing {name}");
        int code = Step.TryRun("dotnet", "test", project, "--configuration", "Release", "--no-build", "--nologo",
            "--results-directory", repository.TestResults, "--logger", $"trx;LogFileName={name}.trx");
        TestCount count = TestCount.Of(File.Exists(results) ? XElement.Load(results) : null, code);
        if (count.Complaint is string complaint)
            Console.Error.WriteLine($"{name}: {complaint}");
        return count;
    }
}
