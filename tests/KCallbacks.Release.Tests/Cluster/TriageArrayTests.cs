using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Release.Tests.Cluster;

/// <summary><c>scripts/triage.sbatch</c> in a real Slurm: an array over a folder of dumps makes the store that one machine makes.</summary>
[TestClass]
public sealed class TriageArrayTests
{
    private const int Dumps = 2_000;
    private const int Shards = 10;

    /// <summary>One dump of so many is damaged.</summary>
    private const int Damaged = 100;

    /// <summary>The task that is killed.</summary>
    private const int Victim = 3;

    private static readonly string Script = Path.Combine(ReleaseFiles.Repository.Root, "scripts", "triage.sbatch");

    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    private string Inputs => Path.Combine(_folder, "dumps");

    private string Store => Path.Combine(_folder, "store");

    [TestInitialize]
    public void DemandSlurm()
    {
        if (SlurmHost.Missing is { } missing)
            Assert.Inconclusive($"Skipped: there is no {missing} here; apt-get install slurmctld slurmd slurm-client munge");
    }

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void A_task_that_was_killed_is_done_when_the_array_runs_again()
    {
        WriteDumps();
        using var slurm = SlurmHost.Start();

        string first = Submit(slurm, $"0-{Shards - 1}");
        KillInTheMiddle(slurm);
        slurm.WaitFor(first);
        Assert.IsLessThan(Dumps, RowsIn(Store).Count, "The task was killed too late." + slurm.Logs);

        slurm.WaitFor(Submit(slurm, $"0-{Shards - 1}"));
        Triage("merge", Store, "--store", Path.Combine(_folder, "merged"));
        Triage(Inputs, "--store", Path.Combine(_folder, "local"));

        Dictionary<string, string> local = RowsIn(Path.Combine(_folder, "local")), merged = RowsIn(Path.Combine(_folder, "merged"));
        Assert.HasCount(Dumps, local);
        foreach ((string path, string row) in local)
            Assert.AreEqual(row, merged.GetValueOrDefault(path), slurm.Logs);
        Assert.HasCount(Dumps, merged);
        Assert.AreEqual(Dumps / Damaged, local.Values.Count(row => !row.Contains("\"outcome\":\"ok\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_part_of_an_array_does_not_take_itself_for_the_whole()
    {
        Directory.CreateDirectory(Inputs);
        using var slurm = SlurmHost.Start();

        slurm.WaitFor(Submit(slurm, "3,5"));

        Assert.IsFalse(Directory.Exists(Store));
        Assert.Contains("SHARDS=N", File.ReadAllText(Directory.GetFiles(slurm.Folder, "task-*_5").Single()));
    }

    private string Submit(SlurmHost slurm, string array) => slurm.Submit(
        new Dictionary<string, string> { ["KCALLBACKS"] = ReleaseFiles.LinuxTool! },
        $"--array={array}", "--mem=400M", "--output=task-%A_%a", Script, Inputs, "--store", Store);

    /// <summary>As a machine does that fails: without a word, as soon as the task has written its first rows.</summary>
    private void KillInTheMiddle(SlurmHost slurm)
    {
        string rows = Path.Combine(Store, string.Create(CultureInfo.InvariantCulture, $"rows-{Victim + 1}-of-{Shards}.jsonl"));
        var clock = Stopwatch.StartNew();
        while (!File.Exists(rows) || new FileInfo(rows).Length == 0)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"Task {Victim} writes no rows.{slurm.Logs}");
            Thread.Sleep(1);
        }

        string[] words = [Store, "--shard", string.Create(CultureInfo.InvariantCulture, $"{Victim + 1}/{Shards}")];
        using Process victim = Process.GetProcessesByName("kcallbacks").Single(process => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(string.Join('\0', words), StringComparison.Ordinal));
        victim.Kill();
    }

    private void WriteDumps()
    {
        Directory.CreateDirectory(Inputs);
        byte[][] kinds =
        [
            .. from plan in new[] { UserCases.StacksOnly(WindowsLayout.Windows10), UserCases.StacksAndCode(WindowsLayout.Windows10), UserCases.StacksAndCode(WindowsLayout.Windows7) }
               select File.ReadAllBytes(FixtureFolder.OfRepository.Generate(plan).Path),
        ];
        Parallel.For(0, Dumps, i =>
        {
            byte[] dump = kinds[i % kinds.Length];
            using FileStream file = File.Create(Path.Combine(Inputs, string.Create(CultureInfo.InvariantCulture, $"{i:d4}.dmp")));
            file.Write(i % Damaged == 0 ? dump.AsSpan(0, 20) : dump);
            // So that no two are the same.
            file.Write(BitConverter.GetBytes(i));
        });
    }

    private static void Triage(params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(ReleaseFiles.LinuxTool!, ["triage", .. arguments]));
        Assert.AreNotEqual(2, run.Code, run.Error);
    }

    /// <summary>The rows of a store by their inputs, without when and how fast they were made.</summary>
    private static Dictionary<string, string> RowsIn(string store)
    {
        Dictionary<string, string> rows = [];
        foreach (string line in Directory.EnumerateFiles(store, "rows-*.jsonl").SelectMany(File.ReadLines))
        {
            JsonObject row = JsonNode.Parse(line)!.AsObject();
            row.Remove("analyzed");
            row.Remove("milliseconds");
            rows.Add(row["path"]!.GetValue<string>(), row.ToJsonString());
        }

        return rows;
    }
}
