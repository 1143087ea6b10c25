using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace KCallbacks.Build.Tests.Outside;

/// <summary>The workflows, which run elsewhere: they are read here, and what they name is held against the repository.</summary>
[TestClass]
public sealed partial class WorkflowTests
{
    private static readonly string[] Systems = ["ubuntu-24.04", "windows-2025", "windows-11-arm"];

    public static IEnumerable<object[]> Workflows =>
        Directory.EnumerateFiles(Path.Combine(Yaml.Root, ".github", "workflows")).Order(StringComparer.Ordinal).Select(path => new object[] { Path.GetFileName(path) });

    [TestMethod]
    [DynamicData(nameof(Workflows))]
    public void A_job_runs_on_a_system_that_is_named_and_ends_in_time(string name)
    {
        YamlNode[] jobs = [.. WorkflowOf(name).Values("jobs")];

        Assert.IsNotEmpty(jobs);
        foreach (YamlNode job in jobs)
        {
            string[] systems = job.Text("runs-on") == "${{ matrix.os }}"
                ? [.. job.Find("strategy")!.Find("matrix")!.List("os").Select(os => ((YamlScalarNode)os).Value!)]
                : [job.Text("runs-on")!];
            Assert.IsEmpty(systems.Except(Systems));
            Assert.IsTrue(int.TryParse(job.Text("timeout-minutes"), out int minutes) && minutes is > 0 and <= 60);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Workflows))]
    public void A_workflow_may_read_and_only_the_job_that_publishes_may_write(string name)
    {
        YamlMappingNode workflow = WorkflowOf(name);

        Assert.AreEqual("read", workflow.Find("permissions")!.Text("contents"));
        Assert.HasCount(1, ((YamlMappingNode)workflow.Find("permissions")!).Children);
        foreach ((YamlNode job, YamlNode content) in (YamlMappingNode)workflow.Find("jobs")!)
            Assert.IsTrue(content.Find("permissions") is null || ((YamlScalarNode)job).Value == "publish");
    }

    [TestMethod]
    [DynamicData(nameof(Workflows))]
    public void An_action_is_pinned(string name)
    {
        string[] actions = [.. StepsOf(name).Select(step => step.Text("uses")).OfType<string>()];

        Assert.IsNotEmpty(actions);
        Assert.IsEmpty(actions.Where(action => !Pinned().IsMatch(action)));
    }

    [TestMethod]
    [DynamicData(nameof(Workflows))]
    public void A_script_a_verb_and_a_project_that_a_step_names_exist(string name)
    {
        string[] commands = [.. StepsOf(name).Select(step => step.Text("run")).OfType<string>()];
        string[] scripts = [.. commands.SelectMany(command => Script().Matches(command)).Select(match => match.Value)];

        Assert.IsNotEmpty(scripts);
        foreach (string script in scripts)
            Assert.IsTrue(Path.Exists(Path.Combine(Yaml.Root, script.Replace('\\', '/'))), script);
        foreach (string line in commands.Concat(scripts.Select(TextOf)))
            AssertVerbsExist(line);
    }

    [TestMethod]
    public void Everything_is_built_tested_packed_and_attested()
    {
        string all = string.Join('\n', Workflows.Select(row => File.ReadAllText(Path.Combine(Yaml.Root, ".github", "workflows", (string)row[0]))));

        foreach (string part in Systems.Concat(["scripts/test", "scripts\\test.ps1", "scripts/package", "scripts\\package.ps1 --arm64", "actions/attest-build-provenance", "CI: \"true\""]))
            Assert.Contains(part, all);
    }

    private static void AssertVerbsExist(string command)
    {
        string program = File.ReadAllText(Path.Combine(Yaml.Root, "scripts", "build", "Program.cs"));
        foreach (Match verb in Verb().Matches(command))
            Assert.Contains($"[\"{verb.Groups[1].Value}\"", program, command);
        foreach (Match option in Option().Matches(command))
            Assert.Contains($"\"{option.Groups[1].Value}\"", program, command);
    }

    private static string TextOf(string script)
    {
        string path = Path.Combine(Yaml.Root, script.Replace('\\', '/'));
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private static YamlMappingNode WorkflowOf(string name) => Yaml.Read(Path.Combine(Yaml.Root, ".github", "workflows", name));

    private static IEnumerable<YamlNode> StepsOf(string name) => WorkflowOf(name).Values("jobs").SelectMany(job => job.List("steps"));

    [GeneratedRegex(@"^[\w.-]+/[\w./-]+@(v\d+|[0-9a-f]{40})$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\bscripts[/\\][\w.]+")]
    private static partial Regex Script();

    [GeneratedRegex(@"(?:scripts/build|scripts/build""|/build"") --configuration Release -- (\w+)")]
    private static partial Regex Verb();

    [GeneratedRegex(@"scripts[/\\](?!build)\w+(?:\.ps1)? (--\w+)")]
    private static partial Regex Option();
}
