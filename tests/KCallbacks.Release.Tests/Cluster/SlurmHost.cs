using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KCallbacks.Release.Tests.Cluster;

/// <summary>A Slurm of this host alone, which ends with this object, or with the test however that ends.</summary>
internal sealed class SlurmHost : IDisposable
{
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "sinfo"];
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

    /// <summary>Where it and its jobs write.</summary>
    public string Folder => _folder;

    /// <summary>Starts it.</summary>
    public static SlurmHost Start()
    {
        string folder = Directory.CreateTempSubdirectory("slurm").FullName;
        // munged demands that anyone may reach its socket.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string script = Path.Combine(AppContext.BaseDirectory, "one-host-slurm");
        ProcessStartInfo start = new("bash", [script, folder, FreePort(), FreePort()]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = SearchPath;
        var slurm = new SlurmHost(Process.Start(start)!, folder);
        Task<string?> ready = slurm._daemons.StandardOutput.ReadLineAsync();
        if (ready.Wait(StartLimit) && ready.Result == "ready")
            return slurm;
        string logs = slurm.Logs;
        slurm.Dispose();
        throw new InvalidOperationException($"Slurm did not start.{logs}");
    }

    /// <summary>What the daemons and the tasks wrote.</summary>
    public string Logs => string.Concat(Directory.EnumerateFiles(_folder).Where(file => Path.GetExtension(file) is ".log" or ".err" || Path.GetFileName(file).StartsWith("task-", StringComparison.Ordinal)).Select(file => $"\n==== {Path.GetFileName(file)}\n{File.ReadAllText(file)}"));

    /// <summary>Hands in a job.</summary>
    /// <returns>Its number.</returns>
    public string Submit(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProgramRun run = Run("sbatch", environment, ["--parsable", .. arguments]);
        return run.Code == 0 ? run.Output.Trim() : throw new InvalidOperationException($"sbatch: {run.Error}");
    }

    /// <summary>Waits until no task of a job is left.</summary>
    public void WaitFor(string job)
    {
        var clock = Stopwatch.StartNew();
        // A controller that is busy may not answer; that is no end.
        while (Run("squeue", Nothing, ["--noheader", "--jobs", job]) is var left && (left.Code != 0 || left.Output.Length > 0))
        {
            if (clock.Elapsed > JobLimit)
                throw new TimeoutException($"Job {job} did not end:\n{left}{Logs}");
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
        Directory.Delete(_folder, recursive: true);
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
