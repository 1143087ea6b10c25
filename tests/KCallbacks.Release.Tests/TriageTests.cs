using System.Diagnostics;
using System.Globalization;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Tool;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Release.Tests;

/// <summary>The released tool makes a store, whatever the inputs are and whoever ends it or its workers.</summary>
[TestClass]
public sealed class TriageTests : IDisposable
{
    private const int Seed = 20_261_126;

    public static IEnumerable<object[]> Tools => ReleasedTool.All.Select(tool => new object[] { tool });

    private TriageInputs _inputs = null!;

    private string Store => Path.Combine(_inputs.Folder, "store");

    private string In => Path.Combine(_inputs.Folder, "in");

    [TestInitialize]
    public void MakeFolder() => _inputs = new TriageInputs();

    public void Dispose() => _inputs.Dispose();

    [TestMethod]
    [DynamicData(nameof(Tools))]
    public void Its_workers_work(ReleasedTool tool)
    {
        string[] dumps = [.. UserCases.All.Select(plan => FixtureFolder.OfRepository.Generate(plan).Path)];

        ProgramRun run = tool.RunIn(Path.GetDirectoryName(dumps[0])!, ["triage", .. dumps.Select(dump => Path.GetFileName(dump)), "--store", tool.PathOf(Store), "-j", "2"]);

        Assert.AreEqual(0, run.Code, run.Error);
        TriageRow[] rows = [.. StoreFolder.Open(Store).Rows()];
        Assert.HasCount(dumps.Length, rows);
        Assert.IsTrue(rows.All(row => row is { Outcome: TriageOutcome.Ok or TriageOutcome.Partial, Sha256: not null }), run.Output);
    }

    [TestMethod]
    public void Ten_thousand_inputs_with_a_hundred_hostile_ones_have_a_row_each()
    {
        NeedsLinux();
        _inputs.AddHundreds(99);
        int hostile = _inputs.AddHostile(100);

        ProgramRun run = Run("--time-limit", "20s", "--memory-limit", "400MiB");

        Assert.AreEqual(0, run.Code, run.Error);
        TriageRow[] rows = [.. StoreFolder.Open(Store).Rows()];
        Assert.HasCount(9_900 + hostile, rows);
        Assert.AreEqual(rows.Length, rows.DistinctBy(row => row.Path).Count());
        Assert.AreEqual(9_900, rows.Count(row => row.Outcome == TriageOutcome.Ok));
        Assert.AreEqual(0, rows.Count(row => row.Outcome is TriageOutcome.Crashed or TriageOutcome.Timeout or TriageOutcome.Memory), run.Output);
        NothingIsLeft();
    }

    [TestMethod]
    public void Killed_at_any_moment_it_goes_on_where_it_was()
    {
        NeedsLinux();
        _inputs.AddHundreds(20);
        var random = new Random(Seed);
        string undisturbed = Path.Combine(_inputs.Folder, "undisturbed");
        Assert.AreEqual(0, RunInto(undisturbed).Code);
        for (int i = 0; i < 20; i++)
        {
            using Process process = Start(Store);
            Thread.Sleep(random.Next(10, 90));
            process.Kill();
            process.WaitForExit();
        }

        ProgramRun run = Run();

        Assert.AreEqual(0, run.Code, run.Error);
        CollectionAssert.AreEqual(Timeless(undisturbed), Timeless(Store));
        NothingIsLeft();
    }

    [TestMethod]
    public void Ctrl_C_ends_it_with_what_was_done()
    {
        NeedsLinux();
        _inputs.AddHundreds(50);
        using Process process = Start(Store);
        WaitFor(() => Lines() > 100);
        Signal("-INT", process.Id);

        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.AreEqual((int)ExitCode.Stopped, process.ExitCode);
        Assert.Contains("Stopped; the same command goes on where it was.", output);
        int done = Lines();
        Assert.IsLessThan(5_000, done);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{5_000 - done:N0} new rows"), Run().Output);
        NothingIsLeft();
    }

    [TestMethod]
    [DataRow("--time-limit", "300ms", TriageOutcome.Timeout)]
    [DataRow("--memory-limit", "64MiB", TriageOutcome.Memory)]
    public void An_input_that_takes_too_much_is_given_up(string option, string limit, TriageOutcome outcome)
    {
        NeedsLinux();
        _inputs.AddHundreds(1);
        string large = _inputs.AddLarge();

        ProgramRun run = Run(option, limit);

        Assert.AreEqual(0, run.Code, run.Error);
        TriageRow[] rows = [.. StoreFolder.Open(Store).Rows()];
        Assert.HasCount(101, rows);
        Assert.AreEqual(outcome, rows.Single(row => row.Path == large).Outcome);
        Assert.AreEqual(100, rows.Count(row => row.Outcome == TriageOutcome.Ok));
        NothingIsLeft();
    }

    [TestMethod]
    public void An_input_at_which_workers_end_has_a_row()
    {
        NeedsLinux();
        string large = _inputs.AddLarge();
        using Process process = Start(Store, "-j", "1");
        var ended = new HashSet<int>();
        while (!process.HasExited)
        {
            Thread.Sleep(150);
            foreach (int worker in WorkersOf(process.Id).Where(ended.Add))
                Signal("-KILL", worker);
        }

        Assert.AreEqual(0, process.ExitCode);
        TriageRow row = StoreFolder.Open(Store).Rows().Single();
        Assert.AreEqual((large, TriageOutcome.Crashed), (row.Path, row.Outcome));
        Assert.Contains("ended with code 137", row.Problem!);
    }

    private static void NeedsLinux()
    {
        if (ReleaseFiles.LinuxTool is null)
            Assert.Inconclusive("Skipped: hard links, pipes and signals are made by programs of Linux.");
    }

    private ProgramRun Run(params string[] options) => RunInto(Store, options);

    private ProgramRun RunInto(string store, params string[] options) => ProgramRun.Of(StartOf(store, options));

    private Process Start(string store, params string[] options)
    {
        ProcessStartInfo start = StartOf(store, options);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Process.Start(start)!;
    }

    private ProcessStartInfo StartOf(string store, string[] options)
    {
        var start = new ProcessStartInfo(ReleaseFiles.LinuxTool!, ["triage", In, "--store", store, .. options]);
        start.Environment["TMPDIR"] = _inputs.Temporary;
        return start;
    }

    private static IEnumerable<int> WorkersOf(int process)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(ChildrenOfThreads(process)).Select(int.Parse).Distinct()];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IEnumerable<string> ChildrenOfThreads(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static void Signal(string signal, int process)
    {
        using Process kill = Process.Start("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private int Lines() => Directory.Exists(Store) ? Directory.GetFiles(Store, "*.jsonl").Sum(file => File.ReadLines(file).Count()) : 0;

    private static string[] Timeless(string store) =>
        [.. StoreFolder.Open(store).Rows().Select(row => RowText.Write(row with { Analyzed = default, Milliseconds = 0 })).Order(StringComparer.Ordinal)];

    /// <summary>Workers whose program was killed end by themselves.</summary>
    private void NothingIsLeft() => WaitFor(() => Directory.GetFileSystemEntries(_inputs.Temporary).Length == 0);

    private static void WaitFor(Func<bool> isSo)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.IsLessThan(30, Stopwatch.GetElapsedTime(start).TotalSeconds, "it did not come");
            Thread.Sleep(10);
        }
    }
}
