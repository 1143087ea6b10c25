using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
using KCallbacks.Snapshots;

namespace KCallbacks.Reports.Tests;

[TestClass]
public sealed partial class TextReportTests
{
    public static IEnumerable<object[]> Cases =>
    [
        ["hung", SampleReports.Hung, new ThreadFilter(), new ReportForm()],
        ["hung-all", SampleReports.Hung, new ThreadFilter { All = true }, new ReportForm()],
        ["hung-verbose", SampleReports.Hung, new ThreadFilter(), new ReportForm { Verbose = true }],
        ["quiet", SampleReports.Quiet, new ThreadFilter(), new ReportForm()],
        ["partial", SampleReports.Partial, new ThreadFilter(), new ReportForm()],
        ["many", SampleReports.Many, new ThreadFilter(), new ReportForm()],
        ["kernel", SampleReports.Kernel, new ThreadFilter(), new ReportForm()],
        ["kernel-verbose", SampleReports.Kernel, new ThreadFilter(), new ReportForm { Verbose = true }],
        ["hostile", SampleReports.Hostile, new ThreadFilter(), new ReportForm { Verbose = true }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Text_is_as_reviewed(string name, Report report, ThreadFilter filter, ReportForm form) =>
        Snapshot.Matches($"{name}.txt", TextReport.Lines(report, filter, form).Select(PlainText.Render));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Dml_is_as_reviewed(string name, Report report, ThreadFilter filter, ReportForm form) =>
        Snapshot.Matches($"{name}.dml", TextReport.Lines(report, filter, form).Select(Dml.Render));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Dml_without_tags_is_the_text(string name, Report report, ThreadFilter filter, ReportForm form)
    {
        foreach (Line line in TextReport.Lines(report, filter, form))
            Assert.AreEqual(PlainText.Render(line), WithoutTags(Dml.Render(line)).TrimEnd(), name);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void No_line_holds_control_characters_or_exceeds_the_engines_limit(string name, Report report, ThreadFilter filter, ReportForm form)
    {
        foreach (Line line in TextReport.Lines(report, filter, form))
        {
            Assert.IsLessThan(Line.EngineLimit, Dml.Render(line).Length, name);
            Assert.IsFalse(PlainText.Render(line).Any(char.IsControl), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void No_line_is_wider_than_the_page_but_for_a_name_that_is(string name, Report report, ThreadFilter filter, ReportForm form)
    {
        int width = report.Source.Session == SessionKind.Kernel ? Page.KernelWidth : Page.Width;
        foreach (string line in TextReport.Lines(report, filter, form).Select(PlainText.Render).Where(line => line.Split(' ').All(word => word.Length < width / 2)))
            Assert.IsLessThanOrEqualTo(width, line.Length, $"{name}: {line}");
    }

    [TestMethod]
    [DataRow("NtUserDispatchMessage")]
    [DataRow("ZwUserDispatchMessage")]
    public void Where_no_dispatcher_has_a_name_the_border_is_at_the_system_call(string stub)
    {
        ThreadStack stack = new()
        {
            Thread = new ThreadIdentity(0),
            Frames = [new StackFrame("ntdll", "NtWaitForSingleObject", 0x14), new StackFrame(null, null, null), new StackFrame("win32u", stub, 0x14), new StackFrame("user32", "DispatchMessageWorker", 0x1da)],
        };
        ThreadFinding finding = new()
        {
            Thread = stack.Thread,
            Verdict = Verdict.InCallback,
            Depth = 1,
            Reason = "",
            Callbacks = [new Callback { Frame = 2, Routine = "user32!_fnDWORD", Entry = "win32u!NtUserDispatchMessage" }],
        };
        Report report = SampleReports.Of(SourceKind.Engine, [finding]) with { Stacks = ImmutableDictionary<int, ThreadStack>.Empty.Add(0, stack) };

        string[] lines = [.. TextReport.Lines(report, new ThreadFilter(), new ReportForm { Verbose = true }).Select(PlainText.Render)];

        int border = Array.FindIndex(lines, line => line.Contains("---------------- callback 1: the kernel called _fnDWORD, in", StringComparison.Ordinal));
        Assert.EndsWith($"win32u!{stub}+0x14", lines[border + 1]);
    }

    [TestMethod]
    [DataRow(WalkExtent.Truncated, true, "---------------- the walk ends here: the unwind data of app is not readable")]
    [DataRow(WalkExtent.NotWalked, false, "no frames   no walk leads to the thread's start: the unwind data of app is not readable;")]
    public void Why_a_walk_ended_early_is_said(WalkExtent extent, bool hasFrames, string expected)
    {
        ThreadStack stack = new()
        {
            Thread = new ThreadIdentity(0),
            Walk = extent,
            WalkEnd = "the unwind data of app is not readable",
            Frames = hasFrames ? [new StackFrame("ntdll", "NtWaitForSingleObject", 0x14), new StackFrame("app", null, 0x1234)] : [],
        };
        ThreadFinding finding = new() { Thread = stack.Thread, Verdict = Verdict.InCallback, Depth = 1, Reason = "" };
        Report report = SampleReports.Of(SourceKind.Dump, [finding]) with { Stacks = ImmutableDictionary<int, ThreadStack>.Empty.Add(0, stack) };

        string[] lines = [.. TextReport.Lines(report, new ThreadFilter(), new ReportForm { Verbose = true }).Select(PlainText.Render)];

        Assert.IsTrue(lines.Any(line => line.Trim().StartsWith(expected, StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [TestMethod]
    [DataRow(null, "!kcallbacks -v -t 9400.9404", "!kcallbacks -p all")]
    [DataRow("browser.exe", "!kcallbacks -p browser.exe -v -t 9400.9404", "!kcallbacks -p browser.exe -u")]
    [DataRow("a;.shell", "!kcallbacks -v -t 9400.9404", "!kcallbacks -u")]
    public void The_footers_links_stay_with_the_process_that_is_shown(string? process, string first, string second)
    {
        Line footer = TextReport.Lines(SampleReports.Kernel with { Processes = process }, new ThreadFilter(), new ReportForm()).Last();

        string[] commands = [.. footer.Runs.Select(run => run.Link?.Command).OfType<string>()];

        Assert.AreEqual(first, commands[0]);
        Assert.Contains(second, commands);
    }

    [TestMethod]
    [DataRow("1408", "there is no thread 1408; thread id 1408 is -t ~~[1408]; -a lists all")]
    [DataRow("0x1408", "there is no thread 0x1408; -a lists all")]
    public void A_number_without_a_thread_may_be_a_system_id(string list, string expected)
    {
        string[] lines = [.. TextReport.Lines(SampleReports.Quiet, new ThreadFilter { Threads = ThreadRange.ParseList(list) }, new ReportForm()).Select(PlainText.Render)];

        Assert.Contains(expected, lines);
    }

    [TestMethod]
    public void Equal_threads_share_a_row_with_all_their_numbers()
    {
        ThreadFinding finding = new() { Thread = new ThreadIdentity(0), Verdict = Verdict.InCallback, Depth = 1, Confidence = Confidence.High, Reason = "", BlockedIn = "ntdll!NtDelayExecution" };
        Report report = SampleReports.Of(SourceKind.Engine, [.. Enumerable.Range(0, 400).Select(i => finding with { Thread = new ThreadIdentity(i * 2) })]);

        string text = string.Join('\n', TextReport.Lines(report, new ThreadFilter(), new ReportForm { Group = true }).Select(PlainText.Render));
        string all = string.Join('\n', TextReport.Lines(report, new ThreadFilter { All = true }, new ReportForm { Group = true }).Select(PlainText.Render));

        Assert.Contains("   0  400     1  (not known)", text);
        Assert.Contains("\n        0 2 4 6 8 10", text);
        Assert.MatchesRegex(@"\n        and \d+ more: !kcallbacks -g -a\n", text);
        Assert.Contains(" 796 798\n", all);
    }

    [TestMethod]
    public void Threads_that_run_different_managed_methods_are_different_groups()
    {
        ThreadFinding finding = new() { Thread = new ThreadIdentity(0), Verdict = Verdict.InCallback, Depth = 1, Confidence = Confidence.High, Reason = "", BlockedIn = "ntdll!NtWaitForMultipleObjects" };
        Report report = SampleReports.Of(SourceKind.Engine, [Running(0, "Shop.MainForm.OnPaint"), Running(1, "Shop.MainForm.OnPaint"), Running(2, "Shop.MainForm.OnLoad")]);

        string text = string.Join('\n', TextReport.Lines(report, new ThreadFilter(), new ReportForm { Group = true }).Select(PlainText.Render));

        Assert.Contains("\n        0-1\n", text);
        Assert.Contains("OnPaint", text);
        Assert.Contains("OnLoad", text);

        // The stacks of Windows are the same; what differs is what the runtime says.
        ThreadFinding Running(int position, string method) => CallbackDetector.Explain(
            finding with { Thread = new ThreadIdentity(position), Callbacks = [new Callback { Level = 1, Address = 0x8000, Evidence = EvidenceSource.Memory, Confidence = Confidence.High }] },
            new ThreadStack { Thread = new ThreadIdentity(position), Managed = new ManagedStack([new ManagedFrame(0x4000, 0x6800_0000, method, ManagedFrameKind.Method)], IsComplete: true) },
            default);
    }

    [TestMethod]
    public void A_message_stays_whole_when_its_procedure_is_cut()
    {
        var callback = new Callback
        {
            Routine = "user32!_fnNCDESTROY",
            Message = new WindowMessage(0x81, "WM_NCCREATE", 0, 0, 0, "a_module_with_quite_a_long_name!Acme::Windows::Procedures::WindowProcedureOfTheApplication"),
        };
        ThreadFinding finding = new()
        {
            Thread = new ThreadIdentity(0, EngineId: 0, SystemId: 0x1a00),
            Verdict = Verdict.InCallback,
            Depth = 1,
            Reason = "",
            BlockedIn = "combase!AFunctionThatWaitsForSomethingElse",
            Callbacks = [callback],
        };

        string row = PlainText.Render(TextReport.Lines(SampleReports.Of(SourceKind.Engine, [finding]), new ThreadFilter(), new ReportForm()).ElementAt(3));

        Assert.Contains(" WM_NCCREATE a_module", row);
        Assert.IsLessThanOrEqualTo(Page.Width, row.Length);
    }

    [TestMethod]
    public void Whatever_the_names_are_the_dml_is_well_formed_and_within_the_limit()
    {
        var random = new Random(7);
        var settings = new XmlReaderSettings { CheckCharacters = false };
        for (int run = 0; run < 300; run++)
        {
            Report report = SampleReports.WithName(RandomName(random));
            foreach (Line line in TextReport.Lines(report, new ThreadFilter(), new ReportForm { Verbose = true }))
            {
                string dml = Dml.Render(line);
                Assert.IsLessThan(Line.EngineLimit, dml.Length);
                using var reader = XmlReader.Create(new StringReader($"<line>{dml}</line>"), settings);
                while (reader.Read())
                    Assert.IsTrue(reader.Name is "" or "line" or "link" or "col" or "b", dml);
            }
        }
    }

    [TestMethod]
    public void Only_our_own_commands_and_plain_names_are_links()
    {
        string dml = string.Join('\n', TextReport.Lines(SampleReports.Hostile, new ThreadFilter(), new ReportForm { Verbose = true }).Select(Dml.Render));

        foreach (Match link in LinkCommand().Matches(dml))
            Assert.MatchesRegex(@"^(~~\[[0-9a-f]+\]s;kn|(u|lmvm) [A-Za-z_][A-Za-z0-9_]*(![A-Za-z_][A-Za-z0-9_]*)?|!kcallbacks( -[a-z?]+)+( [0-9,]+| ~~\[[0-9a-f]+\])?|\.reload /f (ntdll|user32)\.dll)$", link.Groups[1].Value);
    }

    /// <summary>Mostly what breaks markup, formats, terminals and the cutting of long names.</summary>
    private static string RandomName(Random random)
    {
        const string Hostile = "<>&\"'%\\!\0\u0001\u001b\r\n\t\u007f\u0085\u200b\u202e\u2028\ud83d\ude00\ufeffab!";
        char[] name = new char[random.Next(1, random.Next(4) == 0 ? 6_000 : 60)];
        for (int i = 0; i < name.Length; i++)
            name[i] = random.Next(20) == 0 ? (char)random.Next(0xfffe) : Hostile[random.Next(Hostile.Length)];
        return new string(name);
    }

    private static string WithoutTags(string dml) => WebUtility.HtmlDecode(Tag().Replace(dml, ""));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<link cmd=\"([^\"]*)\">")]
    private static partial Regex LinkCommand();
}
