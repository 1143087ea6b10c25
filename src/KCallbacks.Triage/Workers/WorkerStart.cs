using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace KCallbacks.Triage.Workers;

/// <summary>How a worker is started: the same program as this one, asked to work.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record WorkerStart(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>The variables that say where temporary files lie: of Linux, and of Windows.</summary>
    private static readonly ImmutableArray<string> TemporaryFolder = ["TMPDIR", "TMP", "TEMP"];

    /// <summary>Starts this very program with other arguments.</summary>
    public static WorkerStart OfThisProgram(string verb)
    {
        string program = Environment.ProcessPath ?? throw new WorkerException("the system does not tell where this program lies, so that no worker can be started");
        // Under "dotnet kcallbacks.dll" the program is the runtime's, and the first word ours.
        return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new(program, [Environment.GetCommandLineArgs()[0], verb])
            : new(program, [verb]);
    }

    /// <summary>The same with more arguments.</summary>
    public WorkerStart With(IEnumerable<string> arguments) => this with { Arguments = [.. Arguments, .. arguments] };

    /// <summary>
    /// For the system. The runtime's own limit makes it collect before the limit is reached, and an allocation beyond it fails where it is asked for.
    /// </summary>
    /// <param name="limits">What an input may take.</param>
    /// <param name="folder">A folder for its temporary files, which is also its last argument.</param>
    internal ProcessStartInfo For(WorkerLimits limits, string folder)
    {
        var info = new ProcessStartInfo(Program, [.. Arguments, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        info.Environment["DOTNET_GCHeapHardLimit"] = limits.Memory.ToString("x", CultureInfo.InvariantCulture);
        foreach (string name in TemporaryFolder)
            info.Environment[name] = folder;
        return info;
    }
}
