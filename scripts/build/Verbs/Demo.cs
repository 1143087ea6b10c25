using KCallbacks.Build.Tools;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.Build.Verbs;

/// <summary>The main job: the extension in the real debug engine, on a program that hangs in callbacks.</summary>
internal static class Demo
{
    public static int Run(Repository repository)
    {
        Toolchain.Ensure();
        Step.Run("Building the extension, the sample target and the engine host", "dotnet",
            "build", repository.EngineTests, "--configuration", "Release", "--verbosity", "quiet", "--nologo");

        IWindowsPlatform platform = Platform(repository);
        Step.Say($"Starting {Path.GetFileName(repository.SampleTarget)}");
        using var target = SampleTarget.Start(platform, repository.SampleTarget);
        int hanging = target.Threads.Count(thread => thread.Depth > 0);
        Console.WriteLine($"    process {target.ProcessId}: {hanging} threads hang in callbacks, {target.Threads.Count - hanging} only wait");

        Step.Say($"Attaching the debug engine to process {target.ProcessId}");
        using var engine = EngineProcess.Start(platform, repository.EngineHost);
        Check(engine.Attach(target.ProcessId, nonInvasive: true));

        Step.Say($"Loading {Path.GetFileName(repository.Extension)}");
        Check(engine.Load(repository.Extension));

        // Here and not within the command, the engine says what it thinks of symbol files.
        Check(engine.Execute($"ld {Path.GetFileNameWithoutExtension(repository.SampleTarget)}"));

        Step.Say("!kcallbacks");
        Reply table = Check(engine.Execute("!kcallbacks"));
        Console.Write(table.Text);
        return 0;
    }

    private static IWindowsPlatform Platform(Repository repository)
    {
        if (OperatingSystem.IsWindows())
            return new NativeWindows();
        Step.Say($"Preparing Wine in {Path.GetRelativePath(repository.Root, repository.WinePrefix)}");
        return new WinePrefix(repository.WinePrefix);
    }

    private static Reply Check(Reply reply) =>
        reply.Succeeded ? reply : throw new StepFailedException($"The engine answered 0x{reply.HResult:x8}. {reply.Failure} {reply.Text}");
}
