using System.Globalization;
using KCallbacks.Build.Tools;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Build.Verbs;

/// <summary>
/// The command against what users have without it: on generated dumps, in one process of the real debug engine, in turns, so that
/// whatever else the machine does slows all of them down.
/// </summary>
internal static class Benchmark
{
    private const int Rounds = 5;
    private const string Ours = "!kcallbacks";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private const string Query =
        "@$curprocess.Threads.Where(t => t.Stack.Frames.Any(f => f.ToDisplayString().Contains(\"KiUserCallbackDispatcher\")))";

    /// <summary>The grid shows 100 rows and asks for no more threads than that takes; the count asks them all.</summary>
    private static readonly string[] Commands = [Ours, "!kcallbacks -walk", "~*k", $"dx {Query}.Count()", $"dx -g {Query}"];

    private static readonly DumpPlan[] Dumps = [UserCases.Large, UserCases.LargeQuiet, UserCases.Huge];

    /// <summary>Measures.</summary>
    /// <param name="repository">Where.</param>
    /// <param name="chosen">Names of dumps; all when empty.</param>
    public static int Run(Repository repository, IReadOnlyCollection<string> chosen)
    {
        DumpPlan[] plans = Chosen(chosen);
        Toolchain.Ensure();
        IWindowsPlatform platform = Engine.Prepare(repository);

        foreach (DumpPlan plan in plans)
            Measure(repository, platform, plan);
        return 0;
    }

    /// <summary>The dumps to measure.</summary>
    /// <param name="names">Their names; all when empty.</param>
    /// <exception cref="StepFailedException">There is no dump of that name.</exception>
    internal static DumpPlan[] Chosen(IReadOnlyCollection<string> names)
    {
        if (names.Except(Dumps.Select(plan => plan.Name)).FirstOrDefault() is { } unknown)
            throw new StepFailedException($"There is no dump '{unknown}'. Name one of {string.Join(", ", Dumps.Select(plan => plan.Name))}, or none for all.");
        return [.. Dumps.Where(plan => names.Count == 0 || names.Contains(plan.Name))];
    }

    private static void Measure(Repository repository, IWindowsPlatform platform, DumpPlan plan)
    {
        Step.Say($"Generating {plan.Name}");
        (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
        using var engine = EngineProcess.Start(platform, repository.EngineHost);
        engine.OpenDump(path).OrFail();
        engine.Load(repository.Extension).OrFail();
        engine.Execute($".sympath {string.Join(';', dump.SymbolPath.Select(platform.WindowsPathOf))}").OrFail();
        engine.Execute(".reload").OrFail();

        Step.Say($"{plan.Name}: {dump.Threads.Count} threads, {dump.Threads.Count(thread => thread.Expected.Depth > 0)} in callbacks, {Rounds} rounds");
        // Symbols are loaded by the first command that needs them; that is nobody's merit.
        Time(engine, "~*k");
        double[][] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Commands.Select(command => Time(engine, command)).ToArray())];
        double[] medians = [.. Enumerable.Range(0, Commands.Length).Select(command => Median(rounds.Select(round => round[command])))];
        for (int i = 0; i < Commands.Length; i++)
            Print(Commands[i], medians[i], medians[i] / medians[0], rounds.Select(round => round[i]));
        Console.WriteLine(engine.Execute($"{Ours} -stats").OrFail().Text.TrimEnd().Split('\n')[^1]);
    }

    private static double Time(EngineProcess engine, string command) =>
        engine.Send(new Execute(command), Limit).OrFail().Milliseconds;

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Print(string command, double median, double ratio, IEnumerable<double> values) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{median,10:f1} ms  {ratio,6:f1} x  {command.Replace(Query, "(query)", StringComparison.Ordinal)} ({string.Join(", ", values.Select(value => value.ToString("f0", CultureInfo.InvariantCulture)))})"));
}
