using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace KCallbacks.Tool.Tests;

/// <summary>What can be given to the tool: everything in a person's hand that holds stacks, and a word on everything else.</summary>
[TestClass]
public sealed class InputTests : IDisposable
{
    private readonly InputFolder _inputs = new();

    public void Dispose() => _inputs.Dispose();

    [TestMethod]
    public void A_folder_is_read_with_all_below_it_by_name()
    {
        _inputs.Write("b.txt", InputFolder.Text);
        _inputs.Write(Path.Combine("a", "z.dmp"), InputFolder.Dump);
        _inputs.Write(Path.Combine("a", "readme.html"), InputFolder.Text);

        Assert.AreEqual("a/z.dmp:ok b.txt:ok", Outcomes(_inputs.Path));
    }

    [TestMethod]
    public void A_folder_without_anything_to_read_says_what_it_looked_for()
    {
        _inputs.Write("readme.html", InputFolder.Text);

        ToolRun run = ToolRun.Of("analyze", _inputs.Path);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("no file in this folder ends in .dmp", run.Error);
    }

    [TestMethod]
    [DataRow("*.txt", "a1.txt:ok a2.txt:ok")]
    [DataRow("a?.t*", "a1.txt:ok a2.txt:ok")]
    [DataRow("*.dmp", "*.dmp:unreadable")]
    [DataRow("no/*.txt", "no/*.txt:unreadable")]
    public void A_pattern_that_no_shell_has_expanded_is_expanded(string pattern, string outcomes)
    {
        _inputs.Write("a2.txt", InputFolder.Text);
        _inputs.Write("a1.txt", InputFolder.Text);
        _inputs.Write("b.log", InputFolder.Text);

        Assert.AreEqual(outcomes, Outcomes(Path.Combine(_inputs.Path, pattern)));
    }

    [TestMethod]
    public void A_list_names_files_one_a_line_with_blanks_in_their_names()
    {
        _inputs.Write("one file.txt", InputFolder.Text);
        _inputs.Write("two.txt", InputFolder.Text);
        string list = _inputs.Write("list", $"{Path.Combine(_inputs.Path, "two.txt")}\r\n\n  \"{Path.Combine(_inputs.Path, "one file.txt")}\"  \n{Path.Combine(_inputs.Path, "three.txt")}\n");

        Assert.AreEqual("two.txt:ok one file.txt:ok three.txt:unreadable", Outcomes("@" + list));
        Assert.AreEqual("two.txt:ok one file.txt:ok three.txt:unreadable", OutcomesWith(File.ReadAllBytes(list), "@-"));
    }

    [TestMethod]
    [DataRow("", "names no file")]
    [DataRow(null, "cannot be read")]
    public void A_list_that_names_nothing_is_an_error(string? content, string problem)
    {
        string list = Path.Combine(_inputs.Path, "list");
        if (content is not null)
            _inputs.Write("list", content);

        ToolRun run = ToolRun.Of("analyze", "--jsonl", "@" + list);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains(problem, run.Error);
        Assert.Contains(problem, JsonNode.Parse(run.Output)!["error"]!.GetValue<string>());
    }

    [TestMethod]
    public void Packed_files_are_unpacked_whatever_they_hold()
    {
        _inputs.Write("dump.gz", InputFolder.Gzip(InputFolder.Dump));
        _inputs.Write("text.log.gz", InputFolder.Gzip(Encoding.UTF8.GetBytes(InputFolder.Text)));
        _inputs.Write("all.zip", InputFolder.Zip(("in/b.dmp", InputFolder.Dump), ("in/a.txt", Encoding.UTF8.GetBytes(InputFolder.Text)), ("in/c.dmp.gz", InputFolder.Gzip(InputFolder.Dump)), ("in/readme.html", [])));

        Assert.AreEqual("all.zip/in/a.txt:ok all.zip/in/b.dmp:ok all.zip/in/c.dmp.gz:ok dump.gz:ok text.log.gz:ok", Outcomes(_inputs.Path));
    }

    [TestMethod]
    public void A_packed_dump_gets_the_same_answer_and_leaves_no_file()
    {
        string plain = _inputs.Write("a.dmp", InputFolder.Dump), packed = _inputs.Write("b.dmp.gz", InputFolder.Gzip(InputFolder.Dump));
        int before = SpooledFiles();

        Assert.AreEqual(ToolRun.Of("analyze", plain).Output.Replace(plain, packed), ToolRun.Of("analyze", packed).Output);
        Assert.AreEqual(before, SpooledFiles());
    }

    [TestMethod]
    public void A_dump_on_standard_input_gets_the_same_answer()
    {
        string plain = _inputs.Write("a.dmp", InputFolder.Dump);

        // What to type next needs a file's name.
        string wanted = WithoutAdvice(ToolRun.Of("analyze", plain).Output);
        Assert.AreEqual(wanted, WithoutAdvice(ToolRun.With(InputFolder.Dump, TimeProvider.System, "analyze").Output));
        Assert.AreEqual(wanted, WithoutAdvice(ToolRun.With(InputFolder.Gzip(InputFolder.Dump), TimeProvider.System, "analyze", "-").Output));
    }

    [TestMethod]
    public void What_unpacks_without_end_is_refused()
    {
        string bomb = Path.Combine(_inputs.Path, "bomb.dmp.gz");
        using (var file = new GZipStream(File.Create(bomb), CompressionLevel.SmallestSize))
        {
            file.Write("MDMP"u8);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
                file.Write(zeros);
        }

        ToolRun run = ToolRun.Of("analyze", bomb);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("unpacks to more than 256 MB", run.Error);
    }

    [TestMethod]
    [DataRow("cut.gz")]
    [DataRow("cut.zip")]
    public void A_damaged_archive_is_an_error(string name)
    {
        byte[] whole = name.EndsWith("gz", StringComparison.Ordinal) ? InputFolder.Gzip(InputFolder.Dump) : InputFolder.Zip(("a.dmp", InputFolder.Dump));
        string path = _inputs.Write(name, whole[..(whole.Length / 2)]);

        ToolRun run = ToolRun.Of("analyze", path);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.StartsWith($"{path}: error: ", run.Error);
        Assert.DoesNotContain("internal error", run.Error);
    }

    [TestMethod]
    [DataRow("PAGEDU64 and more", "a kernel dump", "!kcallbacks -p all")]
    [DataRow("PAGEDUMP and more", "a kernel dump of 32-bit Windows", "WinDbg")]
    [DataRow("\u007fELF and more", "core dump of Linux", "gdb")]
    [DataRow("MZ and much more", "a Windows program", "give a dump")]
    [DataRow("PK\u0003\u0004 and more", "a zip archive", "ends in .zip")]
    public void A_file_of_another_kind_is_named_with_what_opens_it(string content, string name, string opener)
    {
        string path = _inputs.Write("other.dmp", content);

        ToolRun run = ToolRun.Of("analyze", "--jsonl", path);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains(name, run.Error);
        Assert.Contains(opener, run.Error);
        Assert.AreEqual("unsupported", JsonNode.Parse(run.Output)!["outcome"]!.GetValue<string>());
    }

    [TestMethod]
    public void Every_input_has_one_object_in_the_order_given()
    {
        List<string> words = [], wanted = [];
        for (int i = 0; i < 40; i++)
        {
            (string name, string outcome) = (i % 4) switch
            {
                0 => ($"{i}.dmp", "ok"),
                1 => ($"{i}.txt", "ok"),
                2 => ($"{i}.dmp", "unreadable"),
                _ => ($"{i}.core", "unsupported"),
            };
            words.Add(_inputs.Write(name, (i % 4) switch { 0 => InputFolder.Dump, 1 => Encoding.UTF8.GetBytes(InputFolder.Text), 2 => "MDMP"u8.ToArray(), _ => "PAGEDU64"u8.ToArray() }));
            wanted.Add($"{name}:{outcome}");
        }

        Assert.AreEqual(string.Join(' ', wanted), Outcomes([.. words]));
    }

    [TestMethod]
    public void A_pipe_that_nobody_writes_to_does_not_hang_and_keeps_no_other_from_being_read()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Skipped on Windows: its pipes are no files.");
        string pipe = Path.Combine(_inputs.Path, "pipe");
        using (Process mkfifo = Process.Start("mkfifo", pipe))
            mkfifo.WaitForExit();

        ToolRun run = ToolRun.With([], new QuickClock(), "analyze", "--jsonl", pipe, _inputs.Write("a.txt", InputFolder.Text));

        Assert.AreEqual("pipe:unreadable a.txt:ok", OutcomesOf(run));
        Assert.Contains("could not be opened within 10 seconds", run.Error);
    }

    [TestMethod]
    public void A_list_that_never_comes_is_an_error()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Skipped on Windows: its pipes are no files.");
        string pipe = Path.Combine(_inputs.Path, "list");
        using (Process mkfifo = Process.Start("mkfifo", pipe))
            mkfifo.WaitForExit();

        ToolRun run = ToolRun.With([], new QuickClock(), "analyze", "--jsonl", $"@{pipe}");

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains($"{pipe} does not answer within 10 seconds", run.Error);
        Assert.AreEqual("unreadable", JsonNode.Parse(run.Output)!["outcome"]!.GetValue<string>());
    }

    [TestMethod]
    public void Many_files_tell_how_far_they_are()
    {
        string[] files = [.. Enumerable.Range(0, 6).Select(i => _inputs.Write($"{i}.txt", InputFolder.Text))];

        ToolRun run = ToolRun.With([], new QuickClock(), ["analyze", .. files]);

        Assert.MatchesRegex(@"kcallbacks: \d of 6 files, [\d.,]+ per second, 0:\d\d:\d\d left\n", run.Error);
    }

    private static string WithoutAdvice(string report) => string.Join('\n', report.Split('\n').Where(line => !line.StartsWith("Next: ", StringComparison.Ordinal) && line.Length > 0));

    private string Outcomes(params string[] words) => OutcomesWith([], words);

    private string OutcomesWith(byte[] input, params string[] words) => OutcomesOf(ToolRun.With(input, TimeProvider.System, ["analyze", "--jsonl", .. words]));

    private string OutcomesOf(ToolRun run) => string.Join(' ', run.Lines.Select(line => JsonNode.Parse(line)!).Select(json =>
        $"{Path.GetRelativePath(_inputs.Path, json["source"]!["path"]!.GetValue<string>()).Replace('\\', '/')}:{json["outcome"]!.GetValue<string>()}"));

    private static int SpooledFiles() => Directory.GetFiles(Path.GetTempPath(), "kcallbacks-*.dmp").Length;

    /// <summary>Twenty seconds pass between any two looks at it.</summary>
    private sealed class QuickClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, 20 * TimestampFrequency);
    }
}
