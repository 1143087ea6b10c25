using KCallbacks.EngineHost.Client.Platform;

namespace KCallbacks.Build.Tools;

/// <summary>A tool that builds or runs Windows programs on Linux.</summary>
/// <param name="Package">The Debian package that has it.</param>
/// <param name="IsThere">Looks for it.</param>
internal sealed record DebianTool(string Package, Func<bool> IsThere)
{
    private const string ImportLibrary = "/usr/x86_64-w64-mingw32/lib/libkernel32.a";

    /// <summary>What is needed: a compiler for the runtime shim, a linker, import libraries, Wine, and Node for the tests of the debugger script.</summary>
    public static IReadOnlyList<DebianTool> All { get; } =
    [
        new("clang", () => IsOnPath("clang")),
        new("lld", () => IsOnPath("lld-link")),
        new("llvm", () => IsOnPath("llvm-dlltool")),
        new("mingw-w64-x86-64-dev", () => File.Exists(ImportLibrary)),
        new("wine64", () => WinePrefix.FindWine() is not null),
        new("nodejs", () => IsOnPath("node")),
    ];

    /// <summary>What the tests of the page need; without it they are skipped.</summary>
    public static IReadOnlyList<DebianTool> ForPages { get; } = [new("chromium", () => IsOnPath("chromium"))];

    /// <summary>What the test of the array job needs, a Slurm of one host; without it that is skipped.</summary>
    public static IReadOnlyList<DebianTool> ForClusters { get; } =
    [
        new("slurmctld", () => File.Exists("/usr/sbin/slurmctld")),
        new("slurmd", () => File.Exists("/usr/sbin/slurmd")),
        new("slurm-client", () => IsOnPath("sbatch")),
        new("munge", () => File.Exists("/usr/sbin/munged")),
    ];

    /// <summary>What the tests of WinForms and WPF need; without it they are skipped.</summary>
    public static IReadOnlyList<DebianTool> ForDesktop { get; } = [new("xvfb", () => VirtualDisplay.IsInstalled)];

    /// <summary>What benchmarks of programs need besides: the shell's own "time" knows no memory.</summary>
    public static IReadOnlyList<DebianTool> ForBenchmarks { get; } = [new("time", () => File.Exists("/usr/bin/time"))];

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
