using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Tool.Tests;

/// <summary>Every input gets one row in a store, once.</summary>
[TestClass]
public sealed class TriageTests : IDisposable
{
    private readonly InputFolder _inputs = new();

    private string Store => Path.Combine(_inputs.Path, "store");

    public void Dispose() => _inputs.Dispose();

    [TestMethod]
    public void Every_input_has_one_row_whatever_it_is_and_stays_as_it_was()
    {
        _inputs.Write("hang.dmp", InputFolder.Dump);
        _inputs.Write(Path.Combine("deep", "er", "hang.txt"), Bytes(InputFolder.Text));
        _inputs.Write("packed.dmp.gz", InputFolder.Gzip(InputFolder.Dump));
        _inputs.Write("both.zip", InputFolder.Zip(("a.dmp", InputFolder.Dump), ("b.txt", Bytes("nothing of interest")), ("readme.html", [])));
        _inputs.Write("kernel.dmp", Bytes("PAGEDU64" + new string('x', 5000)));
        _inputs.Write("cut.dmp", InputFolder.Dump[..^8000]);
        _inputs.Write("header.dmp", InputFolder.Dump[..32]);
        _inputs.Write("garbage.dmp", RandomBytes(3000));
        _inputs.Write("empty.dmp", []);
        _inputs.Write("damaged.zip", Bytes("PK\u0003\u0004 and so on"));
        _inputs.Write("readme.html", Bytes(InputFolder.Text));
        bool hasPipe = TryMakePipe("pipe.dmp");
        var before = Contents();

        ToolRun run = Triage(_inputs.Path, Path.Combine(_inputs.Path, "gone.dmp"), Path.Combine(_inputs.Path, "*.mdmp"));

        Assert.AreEqual(ExitCode.Fine, run.Code, run.Error);
        string[] expected =
        [
            "*.mdmp:unreadable", "both.zip/a.dmp:ok", "both.zip/b.txt:unreadable", "cut.dmp:partial", "damaged.zip:unreadable", "deep/er/hang.txt:ok", "empty.dmp:unreadable",
            "garbage.dmp:unreadable", "gone.dmp:unreadable", "hang.dmp:ok", "header.dmp:unreadable", "kernel.dmp:unsupported", "packed.dmp.gz:ok", .. hasPipe ? ["pipe.dmp:unreadable"] : Array.Empty<string>(),
        ];
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', Outcomes()));
        CollectionAssert.AreEqual(before, Contents());
        TriageRow row = Rows().Single(row => row.Path.EndsWith($"{Path.DirectorySeparatorChar}hang.dmp", StringComparison.Ordinal));
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(InputFolder.Dump)), row.Sha256);
        Assert.AreEqual(InputFolder.Dump.Length, row.Size);
        Assert.AreEqual(RowTime.Of(File.GetLastWriteTimeUtc(row.Path)), row.Modified);
        Assert.AreEqual(row.Sha256, Rows().Single(other => other.Path.EndsWith("a.dmp", StringComparison.Ordinal)).Sha256);
        Assert.IsNotNull(row.Bucket);
        Assert.IsNotNull(row.Hung);
        Assert.IsTrue(Rows().All(other => other.Outcome == TriageOutcome.Ok == other.Problem is null));

        ToolRun again = Triage(_inputs.Path, Path.Combine(_inputs.Path, "gone.dmp"), Path.Combine(_inputs.Path, "*.mdmp"));
        Assert.Contains(": 0 new rows, ", again.Output);
        Assert.AreEqual(expected.Length, Rows().Length);
    }

    [TestMethod]
    public void What_changed_or_came_since_gets_a_row()
    {
        string list = $"{_inputs.Write("a.txt", Bytes(InputFolder.Text))}\n{_inputs.Write("b.txt", Bytes(InputFolder.Text))}\n";
        Assert.Contains("2 new rows (2 ok)", ToolRun.With(list, "triage", "@-", "--store", Store, "-j", "1").Output);
        File.SetLastWriteTimeUtc(_inputs.Write("a.txt", Bytes(InputFolder.Text + InputFolder.Text)), DateTime.UtcNow.AddHours(1));
        string third = _inputs.Write("c.txt", Bytes(InputFolder.Text));

        Assert.Contains("2 new rows (2 ok), 1 had one before.", ToolRun.With(list + third, "triage", "@-", "--store", Store, "-j", "1").Output);
    }

    [TestMethod]
    public void Shards_are_together_what_one_run_is()
    {
        for (int i = 0; i < 12; i++)
            _inputs.Write(Path.Combine("in", $"{i % 3}", $"{i}.txt"), Bytes(InputFolder.Text));
        _inputs.Write(Path.Combine("in", "all.zip"), InputFolder.Zip(("a.txt", Bytes(InputFolder.Text)), ("b.txt", Bytes(InputFolder.Text))));
        string inputs = Path.Combine(_inputs.Path, "in"), parts = Path.Combine(_inputs.Path, "parts"), joined = Path.Combine(_inputs.Path, "joined");
        Triage(inputs);
        foreach (string shard in new[] { "1/3", "2/3", "3/3" })
            Assert.AreEqual(ExitCode.Fine, ToolRun.Of("triage", inputs, "--store", parts, "--shard", shard, "-j", "1").Code);

        CollectionAssert.AreEqual(Timeless(Store), Timeless(parts));
        Assert.HasCount(3, Directory.GetFiles(parts, "*.jsonl"));

        ToolRun merge = ToolRun.Of("triage", "merge", parts, Store, "--store", joined);
        Assert.AreEqual(ExitCode.Fine, merge.Code, merge.Error);
        Assert.Contains("14 rows; 14 more were of the same inputs.", merge.Output);
        CollectionAssert.AreEqual(Timeless(Store), Timeless(joined));
    }

    [TestMethod]
    public void A_full_row_has_the_object_of_analyze()
    {
        string dump = _inputs.Write("hang.dmp", InputFolder.Dump);
        string broken = _inputs.Write("broken.dmp", InputFolder.Dump[..32]);

        ToolRun.Of("triage", dump, broken, "--store", Store, "--full", "-j", "1");

        string[] rows = [.. File.ReadAllLines(Directory.GetFiles(Store, "*.jsonl").Single()).Order(StringComparer.Ordinal)];
        string[] objects = [.. ToolRun.Of("analyze", "--jsonl", broken, dump).Lines];
        CollectionAssert.AreEqual(objects.Select(Parsed).ToArray(), rows.Select(row => JsonNode.Parse(row)!["report"]!.ToJsonString()).ToArray());
    }

    [TestMethod]
    public void What_took_too_long_is_done_again_when_asked_for()
    {
        string dump = _inputs.Write("hang.dmp", InputFolder.Dump);

        ToolRun.Of("triage", dump, "--store", Store, "--time-limit", "1ms");
        TriageRow slow = Rows().Single();
        Assert.AreEqual(TriageOutcome.Timeout, slow.Outcome);
        Assert.Contains("--time-limit", slow.Problem!);

        Assert.Contains("0 new rows", ToolRun.Of("triage", dump, "--store", Store).Output);
        Assert.Contains("1 new row (1 ok)", ToolRun.Of("triage", dump, "--store", Store, "--retry-failed").Output);
        Assert.AreEqual(TriageOutcome.Ok, Rows().Single().Outcome);
    }

    [TestMethod]
    [DataRow("triage in", "'--store' is required")]
    [DataRow("triage --store STORE", "Required argument")]
    [DataRow("triage - --store STORE", "analyze --jsonl -")]
    [DataRow("triage in --store in", "is no store, and not empty (a.txt)")]
    [DataRow("triage in --store STORE --shard 4/3", "--shard 4/3: I/N, for example 3/10")]
    [DataRow("triage in --store STORE -j 0", "a number from 1 to 1024 is expected")]
    [DataRow("triage in --store STORE --time-limit soon", "a time, for example 90s or 2m is expected")]
    [DataRow("triage in --store STORE --memory-limit 1MB", "a size of 64 MiB or more")]
    [DataRow("triage in --store STORE --images nowhere", "a folder that is there is expected")]
    [DataRow("triage in --store STORE --retry-fail", "The nearest option is --retry-failed")]
    [DataRow("triage @nowhere --store STORE", "the list nowhere cannot be read")]
    [DataRow("triage merge nowhere --store STORE", "there is no store nowhere")]
    [DataRow("triage merge in --store STORE", "is no store: it has no file store.json")]
    [DataRow("triage merge --store STORE", "triage merge --help")]
    public void What_cannot_be_done_is_said(string line, string problem)
    {
        string folder = Path.GetDirectoryName(_inputs.Write(Path.Combine("in", "a.txt"), Bytes(InputFolder.Text)))!;

        ToolRun run = ToolRun.Of([.. line.Split(' ').Select(word => word == "in" ? folder : word == "STORE" ? Store : word)]);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains(problem, run.Error);
        Assert.HasCount(1, Directory.GetFiles(folder));
    }

    [TestMethod]
    public void A_second_run_of_the_same_part_is_refused()
    {
        using RowFile other = RowFile.Open(StoreFolder.Create(Store), Shard.Whole, retriesFailed: false);

        ToolRun run = Triage(_inputs.Write("a.txt", Bytes(InputFolder.Text)));

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("another run writes", run.Error);
    }

    [TestMethod]
    [DataRow("90s", 90_000)]
    [DataRow("90", 90_000)]
    [DataRow("1.5m", 90_000)]
    [DataRow("250 ms", 250)]
    [DataRow("2h", 7_200_000)]
    [DataRow("0s", null)]
    [DataRow("-1s", null)]
    [DataRow("1 week", null)]
    [DataRow("s", null)]
    [DataRow("1e9s", null)]
    [DataRow("48h", null)]
    [DataRow("", null)]
    public void Times_are_read(string text, int? milliseconds) => Assert.AreEqual((double?)milliseconds, LimitText.Time(text)?.TotalMilliseconds);

    [TestMethod]
    [DataRow("1GiB", 1L << 30)]
    [DataRow("1.5G", 3L << 29)]
    [DataRow("500mib", 500L << 20)]
    [DataRow("1GB", 1_000_000_000L)]
    [DataRow("4096", 4096L)]
    [DataRow("99999999999999999999", null)]
    [DataRow("1TB", null)]
    [DataRow("GiB", null)]
    [DataRow("NaN", null)]
    public void Sizes_are_read(string text, long? bytes) => Assert.AreEqual(bytes, LimitText.Size(text));

    private ToolRun Triage(params string[] inputs) => ToolRun.Of(["triage", .. inputs, "--store", Store]);

    private TriageRow[] Rows() => [.. StoreFolder.Open(Store).Rows()];

    private string[] Outcomes() =>
        [.. Rows().Select(row => $"{Path.GetRelativePath(_inputs.Path, row.Path).Replace('\\', '/')}:{row.Outcome.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal)];

    private static string[] Timeless(string store) =>
        [.. StoreFolder.Open(store).Rows().Select(row => RowText.Write(row with { Analyzed = default, Milliseconds = 0 })).Order(StringComparer.Ordinal)];

    private string[] Contents() =>
    [
        .. Directory.GetFiles(_inputs.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Store, StringComparison.Ordinal) && !file.EndsWith("pipe.dmp", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    private bool TryMakePipe(string name)
    {
        if (OperatingSystem.IsWindows())
            return false;
        using Process process = Process.Start("mkfifo", [Path.Combine(_inputs.Path, name)]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string Parsed(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
