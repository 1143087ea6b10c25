using System.Diagnostics;
using KCallbacks.EngineHost.Client.Platform;

namespace KCallbacks.Release.Tests;

/// <summary>The released tool of one system, to be started as a user starts it.</summary>
/// <param name="Runtime">For which system it is.</param>
public sealed record ReleasedTool(string Runtime)
{
    private static readonly Lazy<IWindowsPlatform> Platform =
        new(() => OperatingSystem.IsWindows() ? new NativeWindows() : new WinePrefix(ReleaseFiles.Repository.WinePrefix + "-release"));

    /// <summary>Those that run here: Windows programs run under Wine elsewhere.</summary>
    public static IEnumerable<ReleasedTool> All => OperatingSystem.IsWindows() ? [new("win-x64")] : [new("linux-x64"), new("win-x64")];

    private bool IsForWindows => Runtime == "win-x64";

    /// <summary>The path by which the tool knows a file of this machine.</summary>
    public string PathOf(string path) => IsForWindows ? Platform.Value.WindowsPathOf(path) : path;

    /// <summary>Runs it to its end.</summary>
    public ProgramRun Run(params string[] arguments) => RunWith("", arguments);

    /// <summary>Runs it with something on standard input.</summary>
    public ProgramRun RunWith(string input, params string[] arguments) => ProgramRun.Of(StartWith(arguments), input);

    /// <summary>Runs it in a folder, so that it may be given names without a path, which are the same everywhere.</summary>
    public ProgramRun RunIn(string folder, params string[] arguments)
    {
        ProcessStartInfo start = StartWith(arguments);
        start.WorkingDirectory = folder;
        return ProgramRun.Of(start);
    }

    private ProcessStartInfo StartWith(string[] arguments)
    {
        ProcessStartInfo start = IsForWindows ? Platform.Value.StartOf(Path.Combine(ReleaseFiles.Windows, "kcallbacks.exe")) : new ProcessStartInfo(ReleaseFiles.LinuxTool!);
        // No runtime is found from here.
        start.Environment["DOTNET_ROOT"] = "/nowhere";
        start.Environment["NO_COLOR"] = "1";
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    public override string ToString() => Runtime;
}
