using System.Globalization;
using System.Text.Json.Nodes;
using KCallbacks.Reports.Tests;

namespace KCallbacks.Tool.Tests;

/// <summary>What the tool says of doubt and of failure, and where it writes.</summary>
[TestClass]
public sealed class OutputTests
{
    private const string Whole =
        """
        0:000> kn
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff4a0 00007ffb`1e8c7034     app!main+0x20
        02 000000e1`5f5ff5a0 00007ffb`1f9826a1     KERNEL32!BaseThreadInitThunk+0x14
        03 000000e1`5f5ff5d0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private const string Cut =
        """
        0:001> kn
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff4a0 00007ffb`1e8c7034     app!Work+0x20

        """;

    private const string InCallback = InputFolder.Text;

    /// <summary>The stack as another thread's.</summary>
    private static string Of(string stack, int thread) => $"0:{thread:d3}{stack[stack.IndexOf('>', StringComparison.Ordinal)..]}";

    private static readonly JsonSchema Schema = JsonSchema.Load(Path.Combine(AppContext.BaseDirectory, "kcallbacks.schema.json"));

    [TestMethod]
    [DataRow(Whole, ExitCode.Fine)]
    [DataRow(Cut, ExitCode.Unclear)]
    [DataRow(Whole + Cut, ExitCode.Unclear)]
    [DataRow(Cut + InCallback, ExitCode.Alert)]
    public void Only_where_every_thread_was_judged_is_the_exit_code_0(string text, object expected) =>
        Assert.AreEqual(expected, ToolRun.With(text, "analyze").Code);

    [TestMethod]
    public void Several_files_give_the_worst_exit_code() => WithFiles([Whole, Cut, InCallback], files =>
    {
        Assert.AreEqual(ExitCode.Unclear, ToolRun.Of("analyze", files[0], files[1]).Code);
        Assert.AreEqual(ExitCode.Alert, ToolRun.Of("analyze", files[2], files[1]).Code);
        Assert.AreEqual(ExitCode.InputError, ToolRun.Of("analyze", files[2], "nowhere.txt", files[1]).Code);
    });

    [TestMethod]
    public void A_doubtful_thread_is_told_in_the_default_output()
    {
        string output = ToolRun.With(Cut, "analyze").Output;

        Assert.StartsWith("UNCLEAR: the thread could not be judged.", output);
        Assert.Contains("1 thread: 1 not judged.", output);
        Assert.Contains("Not judged, 1 thread: no callback dispatcher in 2 frames", output);
    }

    [TestMethod]
    public void Doubtful_threads_are_counted_among_others()
    {
        string output = ToolRun.With(Whole + Cut + InCallback, "analyze").Output;

        Assert.StartsWith("BLOCKED: UI thread 2 waits for an object; for whom is not in this text.", output);
        Assert.Contains("\n3 threads: 1 in a callback, 1 in none, 1 not judged.\n", output);
        Assert.AreEqual(1, JsonNode.Parse(ToolRun.With(Whole + Cut + InCallback, "analyze", "--json").Output)!["summary"]!["noneLowConfidence"]!.GetValue<int>());
    }

    [TestMethod]
    public void A_file_without_callbacks_says_what_was_looked_at()
    {
        string[] lines = [.. ToolRun.With(Whole + Of(Whole, 1), "analyze").Lines];

        Assert.AreEqual("IDLE: no UI thread was seen.", lines[0]);
        Assert.Contains("2 threads: none in a callback; all were judged.", lines);
    }

    [TestMethod]
    public void A_log_of_many_quiet_threads_is_counted_to_the_last()
    {
        string text = string.Concat(Enumerable.Range(0, 1_500).Select(i => Of(i % 3 == 0 ? Cut : Whole, i).Replace("app!", $"app{i % 20}!", StringComparison.Ordinal)));

        string output = ToolRun.With(text, "analyze").Output;

        Assert.StartsWith("UNCLEAR: 500 of 1500 threads could not be judged.", output);
        Assert.IsLessThan(60, output.Split('\n').Length);
    }

    [TestMethod]
    [DataRow("--json")]
    [DataRow("--jsonl")]
    public void An_input_that_cannot_be_opened_is_a_json_object_too(string option)
    {
        ToolRun run = ToolRun.Of("analyze", option, "nowhere.txt");

        JsonNode json = JsonNode.Parse(run.Output)!;
        Assert.IsEmpty(Schema.Errors(json));
        Assert.AreEqual("there is no such file", json["error"]!.GetValue<string>());
        Assert.AreEqual("nowhere.txt", json["source"]!["path"]!.GetValue<string>());
        Assert.IsFalse(json["complete"]!.GetValue<bool>());
        Assert.AreEqual("nowhere.txt: error: there is no such file\n", run.Error);
    }

    [TestMethod]
    [DataRow("analyze --json --depth x")]
    [DataRow("analyze --jsonl --jsn")]
    public void A_wrong_command_line_that_asks_for_json_gets_it(string arguments)
    {
        ToolRun run = ToolRun.Of(arguments.Split(' '));

        JsonNode json = JsonNode.Parse(run.Output)!;
        Assert.IsEmpty(Schema.Errors(json));
        Assert.IsGreaterThan(0, json["error"]!.GetValue<string>().Length);
        Assert.AreEqual(ExitCode.InputError, run.Code);
    }

    [TestMethod]
    [DataRow("a\u001b[2Jb")]
    [DataRow("a\nkcallbacks: all is well")]
    [DataRow("a\u202eb\U000e0041")]
    [DataRow("a\u009b\u200bb")]
    public void No_name_of_a_file_gets_to_the_terminal_unseen(string name)
    {
        ToolRun run = ToolRun.Of("analyze", name);
        ToolRun mistaken = ToolRun.Of(name);

        foreach (string line in (run.Error + mistaken.Error + run.Output).Split('\n'))
        {
            Assert.IsFalse(line.EnumerateRunes().Any(rune => System.Text.Rune.GetUnicodeCategory(rune) is
                System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format));
            Assert.IsFalse(line.StartsWith("kcallbacks: all is well", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public void The_report_can_be_written_into_a_file() => WithFiles([InCallback, "old"], files =>
    {
        ToolRun run = ToolRun.Of("analyze", files[0], "--json", "--output", files[1]);

        Assert.AreEqual("", run.Output);
        Assert.AreEqual(ExitCode.Alert, run.Code);
        Assert.AreEqual(ToolRun.Of("analyze", files[0], "--json").Output, File.ReadAllText(files[1]));
    });

    [TestMethod]
    public void A_report_that_cannot_be_written_is_an_input_error() => WithFiles([InCallback], files =>
    {
        ToolRun run = ToolRun.Of("analyze", files[0], "-o", Path.GetDirectoryName(files[0])!);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("the report was not written", run.Error);
        Assert.Contains("is a folder", run.Error);
    });

    /// <summary>The stack of another thread: another prompt, and other memory.</summary>
    private static string OfThread(int number, string stack) => stack
        .Replace(stack[..6], string.Create(CultureInfo.InvariantCulture, $"0:{number:d3}>"), StringComparison.Ordinal)
        .Replace("`5f5f", string.Create(CultureInfo.InvariantCulture, $"`{0x5000 + number:x4}"), StringComparison.Ordinal);

    private static void WithFiles(string[] texts, Action<string[]> test)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string[] files = [.. texts.Select((text, i) => Path.Combine(folder.FullName, $"{i}.txt"))];
            for (int i = 0; i < texts.Length; i++)
                File.WriteAllText(files[i], texts[i]);
            test(files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
