using System.Globalization;
using KCallbacks.Build.Tools;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Build.Verbs;

/// <summary>
/// A long session in the real debug engine: what grows without end shows. After each tenth of the rounds the memory of the engine's
/// process is printed; what the second half adds is what one round costs.
/// </summary>
internal static class Soak
{
    private const int Parts = 10;

    /// <summary>
    /// The collector lets garbage grow with the processor's cache, on a large server to hundreds of megabytes. So that growth without end
    /// shows, it is told to act as on a desktop: 16 MB, hexadecimal.
    /// </summary>
    private const string FirstGeneration = "1000000";

    private static readonly string[] Commands = ["!kcallbacks", "!kcallbacks -v", "!kcallbacks -json", "!kcallbacks -a -g", "!kcallbacks -d 2"];

    private static readonly string[] Queries =
    [
        "dx @$curprocess.KernelCallbacks.Count()",
        "dx @$curthread.KernelCallback.Depth",
        "dx -r2 @$curprocess.KernelCallbacks.First()",
        "dx @$curprocess.Threads.Where(t => t.KernelCallback.Depth > 0).Count()",
    ];

    /// <summary>What a report or an answer holds that was stopped.</summary>
    private static readonly string[] Signs = ["Ctrl+Break", "PARTIAL", "\"complete\":false"];

    /// <summary>Moments at which each command is stopped.</summary>
    private const int Stops = 20;

    /// <summary>Runs all four; by hand, because it takes many minutes.</summary>
    /// <param name="repository">Where.</param>
    /// <param name="percent">How much of it.</param>
    public static int Run(Repository repository, int percent)
    {
        Toolchain.Ensure();
        IWindowsPlatform platform = Engine.Prepare(repository);
        (UserDump _, string dump) = FixtureFolder.OfRepository.Generate(UserCases.All.First());
        Environment.SetEnvironmentVariable("DOTNET_GCgen0size", FirstGeneration);
        using EngineProcess engine = EngineProcess.Start(platform, repository.EngineHost);
        engine.OpenDump(dump).OrFail();
        Repeat(engine, "load and unload", 1_000 * percent / 100, _ => Reload(engine, repository));
        engine.Load(repository.Extension).OrFail();
        Repeat(engine, "commands", 10_000 * percent / 100, i => engine.Execute(Commands[i % Commands.Length]).OrFail());
        Repeat(engine, "queries of dx", 12_000 * percent / 100, i => engine.Execute(Queries[i % Queries.Length]).OrFail());
        foreach (DumpPlan plan in (DumpPlan[])[UserCases.FilledWithFrames, UserCases.Huge])
            Stop(platform, repository, plan);
        return 0;
    }

    /// <summary>How long commands run on after a Ctrl+Break that comes anywhere between their beginning and their end.</summary>
    private static void Stop(IWindowsPlatform platform, Repository repository, DumpPlan plan)
    {
        string folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;
        using EngineProcess engine = EngineProcess.Start(platform, repository.EngineHost);
        engine.OpenDump(FixtureFolder.OfRepository.Generate(plan).Path).OrFail();
        engine.Load(repository.Extension).OrFail();
        Step.Say($"Ctrl+Break, {plan.Name}");
        foreach (string command in (string[])["", "-a", "-v -a", "-walk", "-json", $"-jsonfile \"{engine.PathOf(folder)}\\all.json\"", $"-record \"{engine.PathOf(folder)}\\all.rec.json\""])
            Console.WriteLine(Stopped(engine, $"!kcallbacks {command}"));
        Directory.Delete(folder, recursive: true);
    }

    private static string Stopped(EngineProcess engine, string command)
    {
        double whole = engine.Execute(command).OrFail().Milliseconds;
        List<double> later = [];
        for (int stop = 1; stop <= Stops; stop++)
        {
            int moment = (int)(whole * stop / (Stops + 1));
            Reply reply = engine.Execute(command, interruptAfter: moment);
            if (Signs.Any(sign => reply.Text.Contains(sign, StringComparison.Ordinal)))
                later.Add(reply.Milliseconds - moment);
        }

        later.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"    {whole,7:F0} ms  {command.Split(" \"")[0],-24}")
            + (later.Count == 0 ? "  over before it could be stopped" : string.Create(CultureInfo.InvariantCulture, $"  stopped {later.Count} times, at most {later[^1]:F0} ms later, median {later[later.Count / 2]:F0} ms"));
    }

    private static void Reload(EngineProcess engine, Repository repository)
    {
        engine.Load(repository.Extension).OrFail();
        engine.Execute("!kcallbacks").OrFail();
        engine.Execute($".unload {Path.GetFileNameWithoutExtension(repository.Extension)}").OrFail();
    }

    private static void Repeat(EngineProcess engine, string what, int rounds, Action<int> round)
    {
        Step.Say(string.Create(CultureInfo.InvariantCulture, $"{rounds:N0} x {what}"));
        long[] memory = new long[Parts + 1];
        memory[0] = engine.PrivateMemory;
        for (int i = 0; i < rounds; i++)
        {
            round(i);
            if ((i + 1) * Parts / rounds != i * Parts / rounds)
                memory[(i + 1) * Parts / rounds] = engine.PrivateMemory;
        }

        double perRound = (memory[Parts] - memory[Parts / 2]) / (rounds / 2.0);
        Console.WriteLine($"    KB: {string.Join(' ', memory.Select(bytes => (bytes >> 10).ToString(CultureInfo.InvariantCulture)))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    the second half adds {perRound:F0} bytes per round"));
    }
}
