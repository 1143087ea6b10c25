using System.Collections.Immutable;
using System.Text;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks;
using KCallbacks.Recordings;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
using KCallbacks.Snapshots;

namespace KCallbacks.Reports.Tests;

/// <summary>The same recorded inputs in every form of output.</summary>
[TestClass]
public sealed class RecordedReportTests
{
    public static IEnumerable<object[]> Recordings =>
    [
        ["003-wow64-spf-hook-64bit-view"],
        ["016-win8-explorer-paint-x64-kd-k"],
        ["901-local-wine-ncr14-k"],
    ];

    [TestMethod]
    [DynamicData(nameof(Recordings))]
    public void Text_is_as_reviewed(string recording) =>
        Snapshot.Matches($"{recording}.txt", TextReport.Lines(Read(recording), new ThreadFilter(), new ReportForm { Verbose = true }).Select(PlainText.Render));

    [TestMethod]
    [DynamicData(nameof(Recordings))]
    public void Dml_is_as_reviewed(string recording) =>
        Snapshot.Matches($"{recording}.dml", TextReport.Lines(Read(recording), new ThreadFilter(), new ReportForm()).Select(Dml.Render));

    [TestMethod]
    [DynamicData(nameof(Recordings))]
    public void Json_is_as_reviewed(string recording)
    {
        Report report = Read(recording);
        Snapshot.Matches($"{recording}.json", JsonReport.Lines(report, report.Findings));
    }

    [TestMethod]
    [DataRow(1, "nt!KiSwapContext\nnt!KiSystemServiceCopyEnd\nntdll!NtWaitForSingleObject\napp!WndProc\nuser32!__fnDWORD\nntdll!KiUserCallbackDispatcherContinue\nwin32u!NtUserMessageCall\napp!main\n", DisplayName = "x64")]
    [DataRow(2, "nt!KiSwapContext\ndriver!Wait\nnt!KiFastCallEntry\nntdll!KiFastSystemCallRet\nntdll!NtReadFile\napp!WndProc\nuser32!__fnDWORD\nntdll!KiUserCallbackDispatcher\nnt!KiCallUserMode\nnt!KiFastCallEntry\nuser32!NtUserDispatchMessage\n", DisplayName = "x86")]
    public void Names_alone_show_where_the_thread_leaves_the_kernel(int times, string frames)
    {
        string[] lines = [.. TextReport.Lines(Read(new MemoryStream(Encoding.UTF8.GetBytes($"0: kd> kc\n{frames}")), "text"), new ThreadFilter(), new ReportForm { Verbose = true }).Select(PlainText.Render)];

        Assert.HasCount(times, lines.Where(line => line.Contains("---- user mode", StringComparison.Ordinal)), string.Join('\n', lines));
    }

    private static Report Read(string recording)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "corpus", $"{recording}.txt"));
        return Read(stream, recording);
    }

    private static Report Read(Stream stream, string recording)
    {
        RecordingFile file = StackFile.Open(stream);
        var detector = new CallbackDetector(file.Process);
        ThreadStack[] stacks = [.. file.ReadThreads()];
        return new Report
        {
            Source = new ReportSource(SourceKind.Text, $"{recording}.txt", file.Architecture, file.Session),
            Findings = [.. stacks.Select(detector.Judge)],
            Stacks = stacks.ToImmutableDictionary(stack => stack.Thread.Position),
        };
    }
}
