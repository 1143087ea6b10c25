using System.Globalization;
using KCallbacks.Build.Tools;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Build.Verbs;

/// <summary>
/// The native tool against breakpad's <c>minidump_stackwalk</c> on the same dumps: processor time of whole processes, both in turns, so that
/// whatever else the machine does slows both down.
/// </summary>
internal static class ToolBenchmark
{
    private const int Rounds = 9;

    /// <summary>Measures.</summary>
    public static int Run(Repository repository)
    {
        if (!OperatingSystem.IsLinux())
            throw new StepFailedException("Breakpad's program is measured on Linux only.");
        Toolchain.Ensure();
        DebianTools.OfThisMachine().Ensure(DebianTool.ForBenchmarks);
        string tool = NativeTool.Ensure(repository);
        string? peer = Breakpad.Install(repository);
        string[] dumps = [.. UserCases.All.Append(UserCases.Large).Select(plan => FixtureFolder.OfRepository.Generate(plan).Path)];

        Step.Say($"Processor time of one process per dump, median of {Rounds} rounds in turns");
        Console.WriteLine($"{"dump",-24} {"ours",10} {"breakpad",10} {"ratio",7} {"our memory",12}");
        foreach (string dump in dumps)
            Compare(tool, peer, dump);
        Start(repository, tool, dumps[0]);
        return 0;
    }

    private static void Compare(string tool, string? peer, string dump)
    {
        var ours = new double[Rounds];
        var theirs = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            ours[round] = Milliseconds(MeasuredProcess.Run(tool, "analyze", dump).Processor);
            theirs[round] = peer is null ? double.NaN : Milliseconds(MeasuredProcess.Run(peer, dump).Processor);
        }

        double own = Median(ours), other = Median(theirs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileNameWithoutExtension(dump),-24} {own,7:f1} ms {other,7:f1} ms {own / other,7:f2} {MeasuredProcess.PeakMemory(tool, "analyze", dump) / 1024.0,9:f1} MB"));
    }

    /// <summary>What the script adds, which looks whether a source is newer.</summary>
    private static void Start(Repository repository, string tool, string dump)
    {
        string script = Path.Combine(repository.Root, "scripts", "kcallbacks");
        var direct = new double[Rounds];
        var through = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            direct[round] = Milliseconds(MeasuredProcess.Run(tool, "analyze", dump).Elapsed);
            through[round] = Milliseconds(MeasuredProcess.Run(script, "analyze", dump).Elapsed);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from start to end: {Median(direct):f1} ms, through scripts/kcallbacks {Median(through):f1} ms"));
    }

    private static double Milliseconds(TimeSpan time) => time.TotalMilliseconds;

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
