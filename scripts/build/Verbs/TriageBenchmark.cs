using System.Globalization;
using KCallbacks.Build.Tools;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Build.Verbs;

/// <summary>
/// What a store of many dumps costs: <c>triage</c> with its workers against <c>analyze --jsonl</c>, which keeps nothing and ends no input, in
/// turns; then the memory it takes for ten times as many.
/// </summary>
internal static class TriageBenchmark
{
    private const int Rounds = 7;
    private const int Dumps = 2_000;
    private const int PerFolder = 200;

    /// <summary>Measures.</summary>
    public static int Run(Repository repository)
    {
        if (!OperatingSystem.IsLinux())
            throw new StepFailedException("Processor time with that of children is measured on Linux only.");
        Toolchain.Ensure();
        DebianTools.OfThisMachine().Ensure(DebianTool.ForBenchmarks);
        string tool = NativeTool.Ensure(repository);
        string folder = Directory.CreateTempSubdirectory("kcallbacks-triage-").FullName;
        try
        {
            string inputs = Path.Combine(folder, "in");
            long bytes = Write(inputs);
            Step.Say(string.Create(CultureInfo.InvariantCulture, $"{Dumps:N0} dumps, {bytes / Dumps / 1000:N0} KB on average: processor time with that of all workers, median of {Rounds} rounds in turns"));
            Compare(tool, inputs, Path.Combine(folder, "store"));
            Step.Say("Most memory of a process");
            Weigh(tool, inputs, Path.Combine(folder, "few"), Dumps);
            for (int i = 1; i < 10; i++)
                MeasuredProcess.Run("cp", "-al", inputs, Path.Combine(folder, $"in{i}"));
            Weigh(tool, folder, Path.Combine(folder, "many"), 10 * Dumps);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static long Write(string folder)
    {
        string[] dumps = [.. UserCases.All.Select(plan => FixtureFolder.OfRepository.Generate(plan).Path)];
        long bytes = 0;
        for (int i = 0; i < Dumps; i++)
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{i / PerFolder}")).FullName, $"{i}.dmp");
            File.Copy(dumps[i % dumps.Length], path);
            bytes += new FileInfo(path).Length;
        }

        return bytes;
    }

    private static void Compare(string tool, string inputs, string store)
    {
        var analyze = new MeasuredProcess[Rounds];
        var triage = new MeasuredProcess[Rounds];
        var again = new MeasuredProcess[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            if (Directory.Exists(store))
                Directory.Delete(store, recursive: true);
            analyze[round] = MeasuredProcess.Run(tool, "analyze", "--jsonl", inputs);
            triage[round] = MeasuredProcess.Run(tool, "triage", inputs, "--store", store);
            again[round] = MeasuredProcess.Run(tool, "triage", inputs, "--store", store);
        }

        Say("analyze --jsonl", analyze);
        Say("triage", triage);
        Say("triage again: all have rows", again);
        long rows = Directory.GetFiles(store, "*.jsonl").Sum(file => new FileInfo(file).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a row has {rows / Dumps:N0} bytes"));
    }

    private static void Weigh(string tool, string inputs, string store, int count) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{count,8:N0} dumps: {MeasuredProcess.PeakMemory(tool, "triage", inputs, "--store", store) / 1024.0:f1} MB"));

    private static void Say(string what, MeasuredProcess[] rounds)
    {
        double processor = Median(rounds.Select(round => round.Processor.TotalSeconds)), elapsed = Median(rounds.Select(round => round.Elapsed.TotalSeconds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-28} {processor,6:f2} s of processor ({rounds.Min(round => round.Processor.TotalSeconds):f2} at best), {elapsed,6:f2} s from start to end"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
