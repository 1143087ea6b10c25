using System.Text;
using System.Text.Json.Nodes;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Dumps;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Recordings;
using KCallbacks.Scanning;

namespace KCallbacks.Tool.Tests;

/// <summary>Two captures of one process: who stands where it stood.</summary>
[TestClass]
public sealed class CompareTests
{
    private const string Waiting =
        """
           0  Id: 1a2c.1a30 Suspend: 1 Teb: 000000e1`5f400000 Unfrozen
         # Child-SP          RetAddr               : Args to Child                                                           : Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     : 00000000`00000040 00000000`00000000 00000000`00000000 00000000`00000000 : ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff2b0 00007ffb`1d5a4f5e     : 00000000`00000040 00000000`ffffffff 00000000`00000000 00000000`00000000 : KERNELBASE!WaitForSingleObjectEx+0x8e
        02 000000e1`5f5ff2e0 00007ffb`1d5a4f5e     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : app!MainWndProc+0x20
        03 000000e1`5f5ff3b0 00007ffb`1f9c3494     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : USER32!_fnDWORD+0x3d
        04 000000e1`5f5ff410 00007ffb`1d261104     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : ntdll!KiUserCallbackDispatcherContinue
        05 000000e1`5f5ff498 00007ffb`1e3ab0c8     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : win32u!NtUserDispatchMessage+0x14
        06 000000e1`5f5ff4a0 00007ffb`1e3ab0c8     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : app!WinMain+0x14
        07 000000e1`5f5ff5a0 00007ffb`1f9826a1     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : KERNEL32!BaseThreadInitThunk+0x14
        08 000000e1`5f5ff5d0 00000000`00000000     : 00000000`00000000 00000000`00000000 00000000`00000000 00000000`00000000 : ntdll!RtlUserThreadStart+0x21

        """;

    private const string Idle =
        """
           0  Id: 1a2c.1a30 Suspend: 1 Teb: 000000e1`5f400000 Unfrozen
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff498 00007ffb`1e3ab0c8     win32u!NtUserGetMessage+0x14
        01 000000e1`5f5ff4a0 00007ffb`1e3ab0c8     USER32!GetMessageW+0x2e
        02 000000e1`5f5ff4e0 00007ffb`1e3ab0c8     app!WinMain+0x14
        03 000000e1`5f5ff5a0 00007ffb`1f9826a1     KERNEL32!BaseThreadInitThunk+0x14
        04 000000e1`5f5ff5d0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void A_window_thread_that_waits_as_before_is_stuck()
    {
        ToolRun run = Compare(Waiting, Waiting);

        Assert.StartsWith("STUCK", run.Output);
        Assert.Contains("as before", run.Lines.First());
        Assert.AreEqual(ExitCode.Alert, run.Code, run.Error);
        Assert.MatchesRegex(@"(?m)^[=~]    0 1a30     1", run.Output);
    }

    [TestMethod]
    public void A_callback_at_another_place_of_the_stack_is_another_one()
    {
        ToolRun run = Compare(Waiting, Waiting.Replace("000000e1`5f5ff410", "000000e1`5f5ff420", StringComparison.Ordinal));

        Assert.DoesNotContain("STUCK", run.Output);
        Assert.MatchesRegex(@"(?m)^\*    0 1a30", run.Output);
    }

    [TestMethod]
    public void A_thread_that_goes_on_is_not_stuck()
    {
        ToolRun run = Compare(Waiting, Idle);

        Assert.DoesNotContain("STUCK", run.Output);
        Assert.MatchesRegex(@"(?m)^-    0 1a30", run.Output);
    }

    [TestMethod]
    public void A_message_loop_that_waits_for_messages_hangs_in_neither()
    {
        ToolRun run = Compare(Idle, Idle);

        Assert.StartsWith("IDLE", run.Output);
        Assert.Contains("1 hang in neither", run.Output);
        Assert.AreEqual(ExitCode.Fine, run.Code);
    }

    [TestMethod]
    public void One_capture_in_which_it_went_on_is_enough() => Assert.DoesNotContain("STUCK", Compare(Waiting, Idle, Waiting).Output);

    [TestMethod]
    public void The_json_names_every_thread_and_what_became_of_it()
    {
        JsonNode json = JsonNode.Parse(Compare(["--json"], Waiting, Idle).Output)!;

        Assert.AreEqual("went", json["threads"]![0]!["change"]!.GetValue<string>());
        Assert.AreEqual(0x1a30, json["threads"]![0]!["systemId"]!.GetValue<int>());
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void A_json_report_stands_for_the_dump_that_it_was_made_of(bool isFirstJson, bool isSecondJson)
    {
        string dump = FixtureFolder.OfRepository.Generate(WaitCases.WindowAndSection(WindowsLayout.Windows10)).Path;
        string json = Write("dump.json", ToolRun.Of("analyze", dump, "--json").Output);
        string[] rows = [.. ToolRun.Of("compare", dump, dump).Lines];

        ToolRun run = ToolRun.Of("compare", isFirstJson ? json : dump, isSecondJson ? json : dump);

        CollectionAssert.AreEqual(rows, run.Lines.ToArray(), run.Error);
        Assert.IsTrue(rows.Any(row => row.StartsWith('=')), string.Join('\n', rows));
    }

    [TestMethod]
    public void A_recording_knows_no_waits_and_says_so()
    {
        string dump = FixtureFolder.OfRepository.Generate(WaitCases.WindowAndSection(WindowsLayout.Windows10)).Path;
        string recording = Write("dump.recording", RecordingOf(dump));

        ToolRun run = ToolRun.Of("compare", recording, dump);

        Assert.DoesNotContain("\n*", run.Output);
        Assert.DoesNotContain("\n=", run.Output);
    }

    [TestMethod]
    public void Two_captures_that_say_when_they_were_made_say_how_long_it_has_been_stuck()
    {
        string dump = FixtureFolder.OfRepository.Generate(UserCases.Shapes(WindowsLayout.Windows10)).Path;
        JsonNode report = JsonNode.Parse(ToolRun.Of("analyze", dump, "--json").Output)!;
        string[] captures = [.. ((string[])["12:00:00", "12:00:10"]).Select(time =>
        {
            report["capture"]!["made"] = $"2026-01-31T{time}Z";
            return Write($"{time[^2..]}.json", report.ToJsonString());
        })];

        ToolRun run = ToolRun.Of(["compare", .. captures]);

        Assert.MatchesRegex("(?s)^STUCK~: .*as 10.0 s\\s+before", run.Output);
        Assert.AreEqual(10, JsonNode.Parse(ToolRun.Of(["compare", "--json", .. captures]).Output)!["secondsBetween"]!.GetValue<double>());
    }

    [TestMethod]
    public void A_json_report_with_a_filter_is_refused()
    {
        string dump = FixtureFolder.OfRepository.Generate(WaitCases.WindowAndSection(WindowsLayout.Windows10)).Path;
        string json = Write("dump.json", ToolRun.Of("analyze", dump, "--json", "-t", "0").Output);

        ToolRun run = ToolRun.Of("compare", json, dump);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("dump.json: error: a filter has left out", run.Error);
    }

    [TestMethod]
    public void A_json_report_can_be_shown_in_another_form()
    {
        string dump = FixtureFolder.OfRepository.Generate(WaitCases.WindowAndSection(WindowsLayout.Windows10)).Path;
        string json = Write("dump.json", ToolRun.Of("analyze", dump, "--json").Output);

        Assert.AreEqual(ToolRun.Of("analyze", dump, "-w").Output.Replace(dump, json, StringComparison.Ordinal), ToolRun.Of("analyze", json, "-w").Output);
    }

    [TestMethod]
    public void A_capture_that_cannot_be_read_is_an_error()
    {
        ToolRun run = ToolRun.Of("compare", Write("a.txt", Waiting), "nowhere.txt");

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("nowhere.txt: error: there is no such file", run.Error);
    }

    /// <summary>What <c>!kcallbacks -record</c> writes of a session with this dump.</summary>
    private static string RecordingOf(string dump)
    {
        using Minidump opened = Minidump.Open(dump);
        var recorder = new ProcessRecorder(opened);
        ScanResult result = new ThreadScanner(new MinidumpTarget(opened), new CallbackDetector(recorder)).Run(new ScanRequest { KeepStacks = true, WalkAll = true }, new NoMonitor());
        using var stream = new MemoryStream();
        RecordingWriter.Write(stream, recorder, SessionKind.User, result.StacksWithMemory(opened), "1.0.0");
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private ToolRun Compare(params string[] captures) => Compare([], captures);

    private ToolRun Compare(string[] options, params string[] captures) =>
        ToolRun.Of(["compare", .. options, .. captures.Select((text, i) => Write($"{i}.txt", text))]);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class NoMonitor : IScanMonitor
    {
        public bool IsCancelled => false;

        public void Report(string activity, int done, int all)
        {
            // Nobody watches.
        }
    }
}
