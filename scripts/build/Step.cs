using System.Diagnostics;

namespace KCallbacks.Build;

/// <summary>Runs the parts of a verb, and says so.</summary>
internal static class Step
{
    /// <summary>Says what begins now.</summary>
    public static void Say(string what) => Console.WriteLine($"==> {what}");

    /// <summary>Says it, runs it, and shows its output.</summary>
    /// <exception cref="StepFailedException">It ended with another code than 0.</exception>
    public static void Run(string what, string program, params string[] arguments)
    {
        Say(what);
        int code = TryRun(program, arguments);
        if (code != 0)
            throw new StepFailedException($"{what} failed: {program} {string.Join(' ', arguments)} ended with {code}.");
    }

    /// <summary>Runs a program and shows its output.</summary>
    /// <returns>Its exit code.</returns>
    public static int TryRun(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
