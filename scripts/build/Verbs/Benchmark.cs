using System.Globalization;
using KCallbacks.Build.Tools;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;

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

    /// <summary>Asks every thread for what is added to the data model. Between two of them the findings are forgotten.</summary>
    private const string OwnQuery = "dx @$curprocess.Threads.Where(t => t.KernelCallback.Depth > 0).Count()";

    /// <summary>Sets an option that is set; the engine reports a change, at which the extension forgets what it found.</summary>
    private const string ForgetFindings = ".symopt+4";

    /// <summary>What the engine itself takes to go through the threads.</summary>
    private const string BareQuery = "dx @$curprocess.Threads.Where(t => t.Id > 0).Count()";

    /// <summary>The grid shows 100 rows and asks for no more threads than that takes; the count asks them all.</summary>
    private static readonly string[] Commands =
        [Ours, "!kcallbacks -walk", "~*k", $"dx {Query}.Count()", $"dx -g {Query}", OwnQuery, BareQuery];

    /// <summary>A kernel session has no command that prints the stacks of all threads.</summary>
    private static readonly string[] KernelCommands = [Ours, OwnQuery, BareQuery];

    private static readonly DumpPlan[] Dumps = [UserCases.Large, UserCases.LargeQuiet, UserCases.Huge];

    private static readonly KernelDumpPlan[] KernelDumps = [KernelCases.TwoThousand];

    /// <summary>Measures.</summary>
    /// <param name="repository">Where.</param>
    /// <param name="chosen">Names of dumps; all when empty.</param>
    public static int Run(Repository repository, IReadOnlyCollection<string> chosen)
    {
        string[] names = Chosen(chosen);
        Toolchain.Ensure();
        IWindowsPlatform platform = Engine.Prepare(repository);

        foreach (DumpPlan plan in Dumps.Where(plan => names.Contains(plan.Name)))
        {
            Step.Say($"Generating {plan.Name}");
            (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
            int inCallbacks = dump.Threads.Count(thread => thread.Expected.Depth > 0);
            Measure(repository, platform, new(plan.Name, path, dump.SymbolPath, dump.Threads.Count, inCallbacks), Commands);
        }

        foreach (KernelDumpPlan plan in KernelDumps.Where(plan => names.Contains(plan.Name)))
        {
            Step.Say($"Generating {plan.Name}");
            (KernelDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
            IReadOnlyList<KernelThread> threads = dump.Processes[0].Threads;
            Measure(repository, platform, new(plan.Name, path, dump.SymbolPath, threads.Count, threads.Count(thread => thread.State.CallbackDepth > 0)), KernelCommands);
        }

        return 0;
    }

    /// <summary>The dumps to measure.</summary>
    /// <param name="names">Their names; all when empty.</param>
    /// <exception cref="StepFailedException">There is no dump of that name.</exception>
    internal static string[] Chosen(IReadOnlyCollection<string> names)
    {
        string[] all = [.. Dumps.Select(plan => plan.Name), .. KernelDumps.Select(plan => plan.Name)];
        if (names.Except(all).FirstOrDefault() is { } unknown)
            throw new StepFailedException($"There is no dump '{unknown}'. Name one of {string.Join(", ", all)}, or none for all.");
        return [.. all.Where(name => names.Count == 0 || names.Contains(name))];
    }

    private static void Measure(Repository repository, IWindowsPlatform platform, Subject dump, string[] commands)
    {
        using var engine = EngineProcess.Start(platform, repository.EngineHost);
        engine.OpenDump(dump.Path).OrFail();
        engine.Load(repository.Extension).OrFail();
        engine.Execute($".sympath {string.Join(';', dump.SymbolPath.Select(platform.WindowsPathOf))}").OrFail();
        engine.Execute(".reload").OrFail();

        Step.Say($"{dump.Name}: {dump.Threads} threads, {dump.InCallbacks} in callbacks, {Rounds} rounds");
        // Symbols are loaded by the first command that needs them; that is nobody's merit.
        foreach (string command in commands)
            Time(engine, command);
        Timing[][] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => commands.Select(command => Time(engine, command)).ToArray())];
        double[] medians = [.. Enumerable.Range(0, commands.Length).Select(command => Median(rounds.Select(round => round[command].Milliseconds)))];
        for (int i = 0; i < commands.Length; i++)
            Print(commands[i], medians[i], medians[i] / medians[0], [.. rounds.Select(round => round[i])]);
        Console.WriteLine(engine.Execute($"{Ours} -stats").OrFail().Text.TrimEnd().Split('\n')[^1]);
    }

    private static Timing Time(EngineProcess engine, string command)
    {
        if (command == OwnQuery)
            engine.Execute(ForgetFindings).OrFail();
        TimeSpan before = engine.ProcessorTime;
        double milliseconds = engine.Send(new Execute(command), Limit).OrFail().Milliseconds;
        return new Timing(milliseconds, engine.ProcessorTime - before);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>The mean of the processor's time stands beside the median: whatever else the machine does, it hardly changes.</summary>
    private static void Print(string command, double median, double ratio, Timing[] timings) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{median,10:f1} ms  {ratio,6:f1} x  {timings.Average(timing => timing.Processor.TotalMilliseconds),8:f0} ms processor  {command.Replace(Query, "(query)", StringComparison.Ordinal)} ({string.Join(", ", timings.Select(timing => timing.Milliseconds.ToString("f0", CultureInfo.InvariantCulture)))})"));

    /// <summary>What one run of a command took.</summary>
    private readonly record struct Timing(double Milliseconds, TimeSpan Processor);

    /// <summary>A dump to be measured.</summary>
    private sealed record Subject(string Name, string Path, IReadOnlyList<string> SymbolPath, int Threads, int InCallbacks);
}
