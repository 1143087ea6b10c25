using System.Diagnostics;

namespace KCallbacks.EngineHost.Client.Platform;

/// <summary>A display that nobody sees, for programs whose windows need one: Xvfb.</summary>
public sealed class VirtualDisplay : IDisposable
{
    private readonly Process _server;

    private VirtualDisplay(Process server, string name)
    {
        _server = server;
        Name = name;
    }

    /// <summary>The command that installs it.</summary>
    public static string Installation => "apt-get install --yes --no-install-recommends xvfb";

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>What programs find it by: <c>:1</c>.</summary>
    public string Name { get; }

    private static string Program => "/usr/bin/Xvfb";

    /// <summary>Starts it; it takes the first number that is free.</summary>
    /// <exception cref="InvalidOperationException">It ended at once.</exception>
    public static VirtualDisplay Start()
    {
        var start = new ProcessStartInfo(Program, ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process server = Process.Start(start)!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        string? number = server.StandardOutput.ReadLine();
        return number is not null ? new VirtualDisplay(server, $":{number}") : throw new InvalidOperationException("Xvfb ended at once.");
    }

    /// <summary>Ends it, when the programs that show windows there have ended.</summary>
    public void Dispose()
    {
        _server.Kill();
        _server.Dispose();
    }
}
