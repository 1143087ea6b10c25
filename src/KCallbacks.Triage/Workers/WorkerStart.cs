using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace KCallbacks.Triage.Workers;

/// <summary>How a worker is started: the same program as this one, asked to work.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record WorkerStart(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>Starts this very program with other arguments.</summary>
    public static WorkerStart OfThisProgram(params ReadOnlySpan<string> arguments)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("the system does not tell where this program lies");
        // Under "dotnet kcallbacks.dll" the program is the runtime's, and the first word ours.
        return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new(program, [Environment.GetCommandLineArgs()[0], .. arguments])
            : new(program, [.. arguments]);
    }

    /// <summary>For the system. The runtime's own limit makes it collect before the limit is reached, and an allocation beyond it fails where it is asked for.</summary>
    internal ProcessStartInfo For(WorkerLimits limits)
    {
        var info = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        info.Environment["DOTNET_GCHeapHardLimit"] = limits.Memory.ToString("x", CultureInfo.InvariantCulture);
        return info;
    }
}
