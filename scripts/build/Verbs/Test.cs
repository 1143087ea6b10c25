using System.Xml.Linq;
using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Verbs;

/// <summary>All tests. The last line of the output is their sum.</summary>
internal static class Test
{
    /// <summary>
    /// Projects that start programs of Windows, under Wine where this is another system. They share what a user of Windows has and run one
    /// after the other, beside the rest: most of their time they wait.
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
        ILookup<bool, string> projects = repository.TestProjects().ToLookup(project => RunsWindowsPrograms.Any(project.Contains));
        Task<TestCount> ofWindows = Task.Run(() => RunAll(repository, projects[true]));
        TestCount sum = RunAll(repository, projects[false]) + ofWindows.Result;
        Console.WriteLine(sum);
        return sum.Failed == 0 ? 0 : 1;
    }

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
