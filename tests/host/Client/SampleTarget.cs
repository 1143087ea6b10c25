using System.Diagnostics;
using System.Globalization;
using KCallbacks.EngineHost.Client.Platform;

namespace KCallbacks.EngineHost.Client;

/// <summary>A running sample target: <c>HangingWindows.exe</c>, <c>HangingManaged.exe</c> or <c>HangingDesktop.exe</c>.</summary>
public sealed class SampleTarget : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private SampleTarget(Process process, uint processId, IReadOnlyList<SampleThread> threads)
    {
        _process = process;
        ProcessId = processId;
        Threads = threads;
    }

    /// <summary>Process id as Windows programs see it.</summary>
    public uint ProcessId { get; }

    /// <summary>Its threads and what is right to say about them.</summary>
    public IReadOnlyList<SampleThread> Threads { get; }

    /// <summary>Starts the target and waits until all its threads stand.</summary>
    /// <exception cref="TimeoutException">They did not get there; the target has been ended.</exception>
    public static SampleTarget Start(IWindowsPlatform platform, string program) => Start(platform.StartOf(program));

    /// <summary>Starts a target of the .NET runtime and waits until all its threads stand.</summary>
    /// <param name="platform">Where it runs.</param>
    /// <param name="program">Its path.</param>
    /// <param name="display">Where its windows are shown, if that is not Windows; null where it shows none.</param>
    /// <param name="limit">How long it may take.</param>
    /// <exception cref="TimeoutException">They did not get there; the target has been ended.</exception>
    public static SampleTarget StartManaged(IWindowsPlatform platform, string program, string? display = null, TimeSpan? limit = null) =>
        Start(platform.StartOfManaged(program, display), limit);

    private static SampleTarget Start(ProcessStartInfo start, TimeSpan? limit = null)
    {
        Process process = Process.Start(start)!;
        Task<SampleTarget> report = Task.Run(() => ReadReport(process));
        if (report.Wait(limit ?? StartLimit))
            return report.Result;
        process.Kill();
        throw new TimeoutException($"{start.ArgumentList.LastOrDefault() ?? start.FileName} was not ready within {(limit ?? StartLimit).TotalSeconds} seconds.");
    }

    /// <summary>Ends the target.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(FarewellLimit))
            _process.Kill();
        _process.Dispose();
    }

    private static SampleTarget ReadReport(Process process)
    {
        uint processId = 0;
        var threads = new List<SampleThread>();
        while (process.StandardOutput.ReadLine() is string line && line != "READY")
        {
            string[] words = line.Split(' ');
            if (words is ["process", string id])
                processId = Number(id);
            else
                threads.Add(ThreadOf(words));
        }
        return processId != 0
            ? new SampleTarget(process, processId, threads)
            : throw new InvalidOperationException($"The sample target ended at once: {process.StandardError.ReadToEnd()}");
    }

    /// <summary>A native program says nothing of managed code.</summary>
    private static SampleThread ThreadOf(string[] words)
    {
        var thread = new SampleThread(words[0], Number(words[1]), words[2], (int)Number(words[3]));
        return words.Length == 4 ? thread : thread with { Handler = TextOf(words[4]), WaitingIn = TextOf(words[5]), Owner = Number(words[6]) is var id and not 0 ? id : null };
    }

    private static string? TextOf(string word) => word == "-" ? null : word;

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
