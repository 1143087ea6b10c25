using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KCallbacks.Release.Tests.Cluster;

/// <summary>A Slurm of this host alone, which ends with this object, or with the test however that ends.</summary>
internal sealed class SlurmHost : IDisposable
{
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(90);

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly Process _daemons;
    private readonly string _folder;

    private SlurmHost(Process daemons, string folder) => (_daemons, _folder) = (daemons, folder);

    /// <summary>The program that is not there; null when Slurm can be started.</summary>
    public static string? Missing => Programs.FirstOrDefault(program => !SearchPath.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))));

    /// <summary>Daemons lie where the paths of users do not lead.</summary>
    private static string SearchPath => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";

    /// <summary>Starts it.</summary>
    /// <param name="folder">A new folder for all it writes.</param>
    public static SlurmHost Start(string folder)
    {
        Directory.CreateDirectory(folder);
        string script = Path.Combine(AppContext.BaseDirectory, "one-host-slurm");
        ProcessStartInfo start = new("bash", [script, folder, FreePort(), FreePort()]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = SearchPath;
        var slurm = new SlurmHost(Process.Start(start)!, folder);
        Task<string?> ready = slurm._daemons.StandardOutput.ReadLineAsync();
        if (ready.Wait(StartLimit) && ready.Result == "ready")
            return slurm;
        slurm.Dispose();
        throw new InvalidOperationException($"Slurm did not start: {slurm._daemons.StandardError.ReadToEnd()}{slurm.Logs}");
    }

    /// <summary>What the daemons wrote.</summary>
    public string Logs => string.Concat(Directory.EnumerateFiles(_folder, "*.log").Concat(Directory.EnumerateFiles(_folder, "*.err")).Select(file => $"\n==== {Path.GetFileName(file)}\n{File.ReadAllText(file)}"));

    /// <summary>Hands in a job.</summary>
    /// <returns>Its number.</returns>
    public string Submit(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProgramRun run = Run("sbatch", environment, ["--parsable", .. arguments]);
        return run.Code == 0 ? run.Output.Trim() : throw new InvalidOperationException($"sbatch: {run.Error}");
    }

    /// <summary>Kills the processes of a task, as a machine that fails does.</summary>
    public void Kill(string task) => _ = Run("scancel", Nothing, ["--signal=KILL", "--full", task]);

    /// <summary>Waits until no task of a job is left.</summary>
    public void WaitFor(string job)
    {
        var clock = Stopwatch.StartNew();
        while (Run("squeue", Nothing, ["--noheader", "--jobs", job]) is { Code: 0, Output: { Length: > 0 } waiting })
        {
            if (clock.Elapsed > JobLimit)
                throw new TimeoutException($"Job {job} did not end:\n{waiting}{Logs}");
            Thread.Sleep(100);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _daemons.StandardInput.Close();
        if (!_daemons.WaitForExit(TimeSpan.FromSeconds(15)))
            _daemons.Kill(entireProcessTree: true);
        _daemons.Dispose();
    }

    private ProgramRun Run(string program, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder };
        start.Environment["SLURM_CONF"] = Path.Combine(_folder, "slurm.conf");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return ProgramRun.Of(start);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
