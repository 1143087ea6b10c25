using System.Collections.Immutable;
using System.Text;
using BenchmarkDotNet.Attributes;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Dumps;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
using KCallbacks.Scanning;

namespace KCallbacks.Benchmarks;

/// <summary>
/// What printing takes of a whole command on a dump of 20,000 threads: the dump read, its threads judged, what they wait for found, the lines
/// printed. The ratio is that of the printing alone, with the conclusions that it draws.
/// </summary>
[MemoryDiagnoser]
public class PrintingBenchmark
{
    private string _path = null!;
    private Report _report = null!;

    /// <summary>The options of the command.</summary>
    [Params("", "-a", "-g", "-v", "-w", "-json")]
    public string Options { get; set; } = "";

    private ThreadFilter Filter => new() { All = Options == "-a" };

    private ReportForm Form => new() { Verbose = Options == "-v", Group = Options == "-g", Chains = Options == "-w", Json = Options == "-json" };

    /// <summary>Generates the dump, and reads it once.</summary>
    [GlobalSetup]
    public void ReadDump()
    {
        _path = FixtureFolder.OfRepository.Generate(UserCases.Huge).Path;
        _report = Read();
    }

    [Benchmark(Baseline = true, Description = "the whole command")]
    public int WholeCommand() => Print(Read());

    [Benchmark(Description = "printing")]
    public int Printing() => Print(Anew(_report));

    private Report Read()
    {
        using var dump = Minidump.Open(_path, images: null);
        var scanner = new ThreadScanner(new MinidumpTarget(dump), new CallbackDetector(dump));
        ImmutableArray<ThreadFinding>.Builder findings = ImmutableArray.CreateBuilder<ThreadFinding>();
        ImmutableDictionary<int, ThreadStack>.Builder stacks = ImmutableDictionary.CreateBuilder<int, ThreadStack>();
        foreach ((ThreadStack stack, ThreadFinding finding) in scanner.JudgeEach(new ScanRequest { WalkCleared = Form.Verbose || Filter.All, WithWaits = true }))
        {
            findings.Add(finding);
            if (Form.Verbose && finding.Depth > 0)
                stacks[stack.Thread.Position] = stack.WithoutMemory();
        }

        return new Report
        {
            Source = new ReportSource(SourceKind.Dump, "crowd.dmp", dump.Architecture),
            Findings = findings.ToImmutable(),
            Stacks = stacks.ToImmutable(),
            Waits = scanner.FindWaits(),
        };
    }

    /// <summary>The report before anything was concluded from it.</summary>
    private static Report Anew(Report report) => new() { Source = report.Source, Findings = report.Findings, Stacks = report.Stacks, Waits = report.Waits };

    private int Print(Report report)
    {
        var printed = new StringBuilder();
        IEnumerable<string> lines = Form.Json ? JsonReport.Lines(report, Filter.ForJson(report)) : TextReport.Lines(report, Filter, Form).Select(PlainText.Render);
        foreach (string line in lines)
            printed.Append(line).Append('\n');
        return printed.Length;
    }
}
