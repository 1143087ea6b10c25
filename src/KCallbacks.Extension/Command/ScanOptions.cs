using System.Collections.Immutable;
using KCallbacks.Reports.Options;

namespace KCallbacks.Extension.Command;

/// <summary>What the user says of how a session is scanned.</summary>
internal sealed record ScanOptions
{
    /// <summary>Has the engine walk every thread.</summary>
    public static CommandOption<ScanOptions> WalkOption { get; } =
        new("-walk", "--walk", null, "let the engine walk every stack, not only those that memory points to",
            (scan, _) => scan with { Walk = true });

    /// <summary>The options of kernel sessions.</summary>
    public static ImmutableArray<CommandOption<ScanOptions>> KernelOptions { get; } =
    [
        new("-p", "--process", "WHICH", "kernel session: all, or a process by id, name or EPROCESS address",
            (scan, process) => scan with { Process = process }) { Example = "-p all" },
        new("-u", "--user", null, "kernel session: load user modules where there are callbacks (.reload /user)",
            (scan, _) => scan with { UserHalves = true }),
    ];

    /// <summary>Whether the engine walks every thread.</summary>
    public bool Walk { get; init; }

    /// <summary>The processes of a kernel session; null means the current one.</summary>
    public string? Process { get; init; }

    /// <summary>Whether the user modules of processes with callbacks are loaded into the debugger, in a kernel session.</summary>
    public bool UserHalves { get; init; }
}
