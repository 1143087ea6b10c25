using System.Text;
using System.Text.Json.Nodes;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Reports.Tests;
using KCallbacks.Snapshots;

namespace KCallbacks.Tool.Tests;

[TestClass]
public sealed class AnalyzeTests
{
    private const string InCallback =
        """
        0:000> kn
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff2b0 00007ff6`1d3a1234     KERNELBASE!WaitForSingleObjectEx+0x8e
        02 000000e1`5f5ff350 00007ffb`1e3c0f5d     app!WndProc+0x34
        03 000000e1`5f5ff3b0 00007ffb`1f9c3494     USER32!_fnDWORD+0x3d
        04 000000e1`5f5ff410 00007ffb`1d261104     ntdll!KiUserCallbackDispatcherContinue
        05 000000e1`5f5ff498 00007ffb`1e3ab0c8     win32u!NtUserMessageCall+0x14
        06 000000e1`5f5ff4a0 00007ffb`1e8c7034     app!main+0x20
        07 000000e1`5f5ff5a0 00007ffb`1f9826a1     KERNEL32!BaseThreadInitThunk+0x14
        08 000000e1`5f5ff5d0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private const string NotInCallback =
        """
        0:000> kn
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff4a0 00007ffb`1e8c7034     app!main+0x20
        02 000000e1`5f5ff5a0 00007ffb`1f9826a1     KERNEL32!BaseThreadInitThunk+0x14
        03 000000e1`5f5ff5d0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private static readonly JsonSchema Schema = JsonSchema.Load(Path.Combine(AppContext.BaseDirectory, "kcallbacks.schema.json"));

    public static IEnumerable<object[]> Corpus =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.txt").Order().Select(file => new object[] { Path.GetFileName(file) });


    [TestMethod]
    public void A_stack_in_a_callback_gives_exit_code_1() => Assert.AreEqual(ExitCode.Alert, ToolRun.With(InCallback, "analyze").Code);

    [TestMethod]
    public void A_stack_in_no_callback_gives_exit_code_0() => Assert.AreEqual(ExitCode.Fine, ToolRun.With(NotInCallback, "analyze", "-").Code);

    [TestMethod]
    public void The_table_is_as_reviewed() => Snapshot.Matches("table.txt", ToolRun.With(InCallback, "analyze").Lines);

    [TestMethod]
    public void The_verbose_table_is_as_reviewed() => Snapshot.Matches("verbose.txt", ToolRun.With(InCallback, "analyze", "-v").Lines);

    [TestMethod]
    public void Json_is_as_reviewed() => Snapshot.Matches("table.json", ToolRun.With(InCallback, "analyze", "--json").Lines);

    [TestMethod]
    public void Help_is_as_reviewed() => Snapshot.Matches("help.txt", ToolRun.Of("analyze", "--help").Lines.Select(line => line.TrimEnd()));

    [TestMethod]
    [DataRow("801-locks-and-two-threads-in-a-circle.txt", "certain", "0 1")]
    [DataRow("802-circle-over-a-window-and-a-critical-section.txt", "likely", "0 1")]
    [DataRow("803-kernel-mutexes-of-two-processes.txt", "certain", "0 1")]
    public void A_log_that_names_owners_gives_the_circle(string file, string proof, string cycle)
    {
        JsonNode report = JsonNode.Parse(ToolRun.Of("analyze", "--json", Path.Combine(AppContext.BaseDirectory, "cases", file)).Output)!;

        Assert.AreEqual("deadlock", (string?)report["result"]!["state"]);
        Assert.AreEqual(proof, (string?)report["result"]!["proof"]);
        Assert.AreEqual(cycle, string.Join(' ', report["deadlocks"]![0]!["cycle"]!.AsArray().Select(edge => (int)edge!["from"]!)));
        Assert.AreEqual("", string.Join('\n', Schema.Errors(report)));
    }

    [TestMethod]
    [DynamicData(nameof(Corpus))]
    public void Every_recording_gives_valid_json(string file)
    {
        ToolRun run = ToolRun.Of("analyze", "--json", PathOf(file));

        IReadOnlyList<string> errors = Schema.Errors(JsonNode.Parse(run.Output));
        Assert.IsEmpty(errors, string.Join("; ", errors));
    }

    [TestMethod]
    [DataRow("--jsonl")]
    [DataRow("--json")]
    public void Several_files_give_one_object_per_line(string option)
    {
        string[] files = [.. Corpus.Take(3).Select(row => PathOf((string)row[0]))];

        ToolRun run = ToolRun.Of(["analyze", option, .. files]);

        CollectionAssert.AreEqual(files, run.Lines.Select(line => JsonNode.Parse(line)!["source"]!["path"]!.GetValue<string>()).ToArray());
    }

    [TestMethod]
    public void Several_files_give_one_table_each_under_the_files_name()
    {
        string[] files = [.. Corpus.Take(2).Select(row => PathOf((string)row[0]))];

        ToolRun run = ToolRun.Of(["analyze", .. files]);

        foreach (string file in files)
            Assert.Contains($"==== {file}\n", run.Output);
    }

    [TestMethod]
    public void A_file_that_fails_does_not_keep_the_next_from_being_read()
    {
        ToolRun run = ToolRun.Of("analyze", "--jsonl", "nowhere.txt", PathOf("001-textdump-notepad-opendialog.txt"));

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.AreEqual("nowhere.txt: error: there is no such file\n", run.Error);
        Assert.AreEqual("in-callback", JsonNode.Parse(run.Lines.Last())!["threads"]![0]!["verdict"]!.GetValue<string>());
    }

    [TestMethod]
    [DataRow("", "standard input: error: ")]
    [DataRow("\0\u0001\u0002binary\0\0", "standard input: error: ")]
    [DataRow("nothing to see here\n", "standard input: error: ")]
    [DataRow("{\"format\":", "standard input:1: error: ")]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":99}", "standard input: error: ")]
    public void Input_without_stacks_is_an_error_with_a_message(string input, string message)
    {
        ToolRun run = ToolRun.With(input, "analyze", "--json");

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.StartsWith(message, run.Error);
        Assert.IsFalse(JsonNode.Parse(run.Output)!["complete"]!.GetValue<bool>());
    }

    [TestMethod]
    [DataRow("-", "standard input: error: The dump cannot be read")]
    public void A_damaged_dump_on_standard_input_is_an_error(string path, string message)
    {
        ToolRun run = ToolRun.With("MDMP", "analyze", path, "--format", "dump");

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains(message, run.Error);
    }

    [TestMethod]
    public void A_kernel_dump_is_named_with_the_way_out() => WithFile("PAGEDU64 and more"u8.ToArray(), path =>
    {
        ToolRun run = ToolRun.Of("analyze", path);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("kernel dump", run.Error);
        Assert.Contains("!kcallbacks -p all", run.Error);
    });

    [TestMethod]
    public void A_damaged_minidump_is_an_error() => WithFile("MDMP and more"u8.ToArray(), path =>
    {
        ToolRun run = ToolRun.Of("analyze", path);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.StartsWith($"{path}: error: The dump cannot be read", run.Error);
    });

    [TestMethod]
    [DataRow("analyze --jsn", "Unknown option '--jsn'. The nearest option is --json.")]
    [DataRow("analyze --thread 3 a", "Unknown option '--thread'. The nearest option is --threads.")]
    [DataRow("analyze --json=x", "x: error: there is no such file")]
    [DataRow("analyze --depth x", "--depth x: a depth is a number from 1, for example 2.")]
    [DataRow("analyze --depth -1", "--depth -1: a depth is a number from 1, for example 2.")]
    [DataRow("analyze --threads 1,x", "'x' is no thread;")]
    [DataRow("analyze --format pdf", "pdf")]
    [DataRow("analyse", "Unknown command 'analyse'. The nearest command is analyze.")]
    [DataRow("frobnicate", "Unknown command 'frobnicate'. Commands: analyze, compare, ")]
    [DataRow("analyse a b", "Unknown command 'analyse'. The nearest command is analyze.")]
    [DataRow("--jsn", "Unknown command '--jsn'.")]
    [DataRow("analyze --format pdf", "Run 'kcallbacks analyze --help' for usage.")]
    [DataRow("install a b", "Run 'kcallbacks install --help' for usage.")]
    public void A_wrong_command_line_is_an_input_error(string arguments, string message)
    {
        ToolRun run = ToolRun.Of(arguments.Split(' '));

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains(message, run.Error);
        Assert.AreEqual(arguments.Contains("--json", StringComparison.Ordinal), run.Output.Length > 0);
    }

    [TestMethod]
    public void A_file_without_a_command_is_shown_the_command() => WithFile("MDMP and more"u8.ToArray(), path =>
        Assert.Contains($"'{path}' is a file, and a command is expected: kcallbacks analyze {path}", ToolRun.Of(path).Error));

    [TestMethod]
    public void A_thread_that_is_not_there_is_named()
    {
        ToolRun run = ToolRun.With(InCallback, "analyze", "-t", "0,7-9,0x1234");

        Assert.Contains("there is no thread 7-9; -a lists all", run.Output);
        Assert.Contains("there is no thread 0x1234; -a lists all", run.Output);
        Assert.DoesNotContain("no thread 0;", run.Output);
    }

    [TestMethod]
    public void Without_a_command_all_are_named() =>
        Assert.MatchesRegex("^kcallbacks: A command is expected: analyze, compare, triage, .*man\\.\nkcallbacks: Run 'kcallbacks --help' for usage\\.\n$", ToolRun.Of().Error);

    [TestMethod]
    public void Standard_input_is_called_so() => Assert.StartsWith("standard input: error: the file is empty", ToolRun.With("", "analyze").Error);

    [TestMethod]
    [DataRow("-m app", 1)]
    [DataRow("-m nowhere", 0)]
    [DataRow("-d 2", 0)]
    [DataRow("-r", 0)]
    [DataRow("-r -i", 1)]
    [DataRow("-t 0", 1)]
    [DataRow("-t 1", 0)]
    public void Options_select_as_in_the_debugger(string options, int threads)
    {
        ToolRun run = ToolRun.With(InCallback, ["analyze", "--json", .. options.Split(' ')]);

        Assert.AreEqual(threads, JsonNode.Parse(run.Output)!["threads"]!.AsArray().Count);
    }

    [TestMethod]
    public void A_minidump_is_recognised_by_content_and_judged_by_memory()
    {
        string path = FixtureFolder.OfRepository.Generate(UserCases.All.Single(plan => plan.Name == "exports-win10")).Path;

        ToolRun run = ToolRun.Of("analyze", "--json", path);

        JsonNode json = JsonNode.Parse(run.Output)!;
        Assert.AreEqual(ExitCode.Alert, run.Code);
        Assert.AreEqual("dump", json["source"]!["kind"]!.GetValue<string>());
        Assert.AreEqual("x64", json["source"]!["architecture"]!.GetValue<string>());
        Assert.IsTrue(json["threads"]!.AsArray().Any(thread => thread!["blockedIn"]?.GetValue<string>() == "ntdll!NtWaitForSingleObject"));
        Assert.IsTrue(json["threads"]!.AsArray().Any(thread => thread!["verdict"]!.GetValue<string>() == "at-return"));
    }

    /// <summary>Windows 7's user32 does not export its stubs: EnumDisplayMonitors is the export before them.</summary>
    [TestMethod]
    public void A_dump_of_Windows_7_without_symbols_tells_where_its_threads_wait()
    {
        DumpPlan plan = UserCases.ExportsOnly(WindowsLayout.Windows7);
        string path = FixtureFolder.OfRepository.Generate(plan).Path;

        JsonArray threads = JsonNode.Parse(ToolRun.Of("analyze", "--json", "-a", path).Output)!["threads"]!.AsArray();

        string? Of(string description, string field) => threads[plan.Threads.ToList().FindIndex(thread => thread.Description == description)]![field]?.GetValue<string>();
        Assert.AreEqual("user32!NtUserGetMessage", Of("message loop", "blockedIn")?.Replace("USER32", "user32", StringComparison.Ordinal));
        Assert.AreEqual("user32!NtUserMessageCall", Of("sender waiting for another thread's window", "blockedIn")?.Replace("USER32", "user32", StringComparison.Ordinal));
        Assert.IsFalse(threads.Any(thread => thread!.ToJsonString().Contains("!EnumDisplayMonitors", StringComparison.Ordinal)), "no neighbour's name");
        Assert.IsTrue(threads.Any(thread => thread!["shapes"]!.AsArray().Any(shape => shape!["name"]!.GetValue<string>() == "waiting for another thread's window")));
    }

    [TestMethod]
    [DataRow("-a", "0 1 2")]
    [DataRow("-i", "0 2")]
    [DataRow("-t 2", "2")]
    [DataRow("", "1")]
    public void Threads_in_no_callback_have_rows_when_asked_for(string options, string rows)
    {
        string text = NotInCallback
            + InCallback.Replace("0:000>", "0:001>", StringComparison.Ordinal).Replace("000000e1", "000000e2", StringComparison.Ordinal)
            + NotInCallback.Replace("0:000>", "0:002>", StringComparison.Ordinal).Replace("000000e1", "000000e3", StringComparison.Ordinal);

        ToolRun run = ToolRun.With(text, ["analyze", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Contains("\n3 threads: 1 in a callback, 2 in none.", run.Output);
        Assert.AreEqual(rows, string.Join(' ', run.Lines.Where(line => line.Length > 4 && line.StartsWith("   ", StringComparison.Ordinal) && char.IsAsciiDigit(line[3])).Select(line => line[3])));
    }

    [TestMethod]
    public void Long_work_tells_its_progress_on_standard_error()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 5; i++)
            text.Append(NotInCallback.Replace("0:000> kn", $"   {i}  Id: 1a2c.{i + 16:x} Suspend: 1 Teb: 000000e1`5f400000 Unfrozen", StringComparison.Ordinal));

        ToolRun run = ToolRun.With(Encoding.UTF8.GetBytes(text.ToString()), new HastyClock(), "analyze");

        Assert.Contains("standard input: 5 threads judged\n", run.Error);
        Assert.Contains("\n5 threads: none in a callback; all were judged.\n", run.Output);
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "corpus", file);

    private static void WithFile(byte[] content, Action<string> test)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            test(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Two seconds pass between any two looks at it.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds += 2;
    }
}
