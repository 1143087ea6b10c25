using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.Build;

/// <summary>The real debug engine, for the verbs that run it.</summary>
internal static class Engine
{
    /// <summary>Builds what runs in and around the engine, and says where it runs: Windows itself, or Wine with its own prefix.</summary>
    public static IWindowsPlatform Prepare(Repository repository)
    {
        Step.Run("Building the extension, the sample target and the engine host", "dotnet",
            "build", repository.EngineTests, "--configuration", "Release", "--verbosity", "quiet", "--nologo");
        if (OperatingSystem.IsWindows())
            return new NativeWindows();
        Step.Say($"Preparing Wine in {Path.GetRelativePath(repository.Root, repository.WinePrefix)}");
        return new WinePrefix(repository.WinePrefix);
    }

    /// <summary>The reply, when the engine did what it was asked.</summary>
    /// <exception cref="StepFailedException">It did not.</exception>
    public static Reply OrFail(this Reply reply) =>
        reply.Succeeded ? reply : throw new StepFailedException($"The engine answered 0x{reply.HResult:x8}. {reply.Failure} {reply.Text}");
}
