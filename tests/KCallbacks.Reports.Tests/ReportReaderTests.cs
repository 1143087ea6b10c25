using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Json.Reading;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Tests;

/// <summary>A JSON report that is read back is the report that was written.</summary>
[TestClass]
public sealed class ReportReaderTests
{
    public static IEnumerable<object[]> Reports =>
    [
        .. Scenes.All.Select(scene => new object[] { scene.Name, scene.Report }),
        ["hung", SampleReports.Hung],
        ["quiet", SampleReports.Quiet],
        ["partial", SampleReports.Partial],
        ["many", SampleReports.Many],
        ["kernel", SampleReports.Kernel],
        ["a thread that runs in the kernel", OfOneThread(new KernelState(CallbackDepth: 1, IsWindowThread: true, IsWaiting: false))],
        ["a thread that waits in the kernel", OfOneThread(new KernelState(CallbackDepth: 1, IsWindowThread: true, WaitReason: "UserRequest", IsWaiting: true))],
    ];

    private static Report OfOneThread(KernelState state) =>
        SampleReports.Kernel with { Findings = [SampleReports.Kernel.Findings[0] with { Kernel = state, KernelFunction = "nt!KeBugCheckEx" }] };

    [TestMethod]
    [DynamicData(nameof(Reports))]
    public void It_is_written_as_it_was_read(string name, Report report)
    {
        string json = Write(report);

        Assert.AreEqual(json, Write(Read(json)), name);
    }

    [TestMethod]
    [DynamicData(nameof(Reports))]
    public void It_shows_what_it_showed(string name, Report report) => Assert.AreEqual(Text(report), Text(Read(Write(report))), name);

    /// <summary>Names that are longer than JSON has room for, and half characters, are changed once: when they are written.</summary>
    [TestMethod]
    public void Hostile_names_stay_names()
    {
        Report read = Read(Write(SampleReports.Hostile));

        Assert.HasCount(SampleReports.Hostile.Findings.Length, read.Findings);
        Assert.Contains("<link cmd=\"!evil\">", read.Findings[0].Callbacks[0].Routine!);
    }

    [TestMethod]
    [DataRow("utf-8")]
    [DataRow("utf-16")]
    [DataRow("utf-16BE")]
    public void A_shell_may_have_changed_blanks_and_encoding(string encoding)
    {
        string json = Write(SampleReports.Hung);
        var kind = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. kind.Preamble, .. kind.GetBytes(json.Replace("\"tool\":", " \"tool\" :\r\n\t", StringComparison.Ordinal))];

        Assert.IsTrue(ReportReader.IsReport(bytes.AsSpan(0, ReportReader.HeadLength)));
        Assert.AreEqual(json, Write(ReportReader.Read(new MemoryStream(bytes), SampleReports.Hung.Source.Path!)));
    }

    [TestMethod]
    [DataRow("{\"format\":\"kcallbacks-recording\"")]
    [DataRow("{\"crash_info\":{}")]
    [DataRow("")]
    [DataRow("{\"schema\":1,\"tool\":{\"name\":\"another\"")]
    public void Other_json_is_none(string head) => Assert.IsFalse(ReportReader.IsReport(Encoding.UTF8.GetBytes(head)));

    [TestMethod]
    public void Threads_that_a_filter_left_out_are_missed()
    {
        string json = JsonReport.SingleLine(SampleReports.Hung, [SampleReports.Hung.Findings[0]]);

        Assert.Contains("a filter has left out", Refusal(json));
    }

    [TestMethod]
    public void A_report_of_nothing_is_none() => Assert.Contains("no such file", Refusal(JsonReport.Error(new ReportSource(SourceKind.Unknown, "a"), "there is no such file")));

    [TestMethod]
    public void Several_reports_in_one_file_are_told() => Assert.Contains("several inputs", Refusal(Write(SampleReports.Hung) + "\n" + Write(SampleReports.Quiet)));

    /// <summary>Whatever is changed or cut: an answer or a refusal, never another exception.</summary>
    [TestMethod]
    public void Damaged_reports_are_read_or_refused()
    {
        byte[] json = Encoding.UTF8.GetBytes(Write(SampleReports.Kernel));
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. json.Take(random.Next(4) == 0 ? random.Next(json.Length) : json.Length)];
            for (int change = random.Next(4); change >= 0 && damaged.Length > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)"0\"{}[],:xnt-9"[random.Next(13)];
            try
            {
                Text(ReportReader.Read(new MemoryStream(damaged), "damaged"));
            }
            catch (InvalidDataException)
            {
                // Refused in words.
            }
        }
    }

    private static string Refusal(string json) => Assert.ThrowsExactly<InvalidDataException>(() => Read(json)).Message;

    private static Report Read(string json)
    {
        var path = System.Text.Json.Nodes.JsonNode.Parse(json.Split('\n')[0])!["source"]!["path"];
        return ReportReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), path?.GetValue<string>()!);
    }

    private static string Write(Report report) => JsonReport.SingleLine(report with { Statistics = null }, report.Findings);

    /// <summary>Without the last line: that the waits were looked at is in every JSON report, and so advised.</summary>
    private static string Text(Report report) => string.Join('\n', TextReport
        .Lines(report with { Stacks = new Dictionary<int, ThreadStack>(), Elapsed = null, ThreadsInSource = null }, new ThreadFilter { All = true }, new ReportForm())
        .Select(PlainText.Render)
        .Where(line => !line.StartsWith("Next: ", StringComparison.Ordinal)));
}
