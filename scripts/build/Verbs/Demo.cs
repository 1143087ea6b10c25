using KCallbacks.Build.Tools;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;

namespace KCallbacks.Build.Verbs;

/// <summary>The main job: the extension in the real debug engine, on a program that hangs in callbacks.</summary>
internal static class Demo
{
    public static int Run(Repository repository)
    {
        Toolchain.Ensure();
        IWindowsPlatform platform = Engine.Prepare(repository);

        Step.Say($"Starting {Path.GetFileName(repository.SampleTarget)}");
        using var target = SampleTarget.Start(platform, repository.SampleTarget);
        int hanging = target.Threads.Count(thread => thread.Depth > 0);
        Console.WriteLine($"    process {target.ProcessId}: {hanging} threads hang in callbacks, {target.Threads.Count - hanging} only wait");

        Step.Say($"Attaching the debug engine to process {target.ProcessId}");
        using var engine = EngineProcess.Start(platform, repository.EngineHost);
        engine.Attach(target.ProcessId, nonInvasive: true).OrFail();

        Step.Say($"Loading {Path.GetFileName(repository.Extension)}");
        engine.Load(repository.Extension).OrFail();

        // Here and not within the command, the engine says what it thinks of symbol files.
        engine.Execute($"ld {Path.GetFileNameWithoutExtension(repository.SampleTarget)}").OrFail();

        Step.Say("!kcallbacks");
        Console.Write(engine.Execute("!kcallbacks").OrFail().Text);
        return 0;
    }
}
