using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX;

/// <summary>The engine host behind a <see cref="DebugEngine"/>, one request at a time, as an engine has them.</summary>
internal sealed class HostedEngine : IDisposable
{
    /// <summary>Names <c>enginehost.exe</c> with the engine beside it.</summary>
    public const string HostVariable = "KCALLBACKS_ENGINE_HOST";

    /// <summary>Names Wine's folder, where this is not Windows.</summary>
    public const string PrefixVariable = "KCALLBACKS_WINE_PREFIX";

    private readonly EngineProcess _process;
    private Task _last = Task.CompletedTask;

    public HostedEngine()
    {
        IWindowsPlatform platform = OperatingSystem.IsWindows() ? new NativeWindows() : new WinePrefix(Named(PrefixVariable));
        _process = EngineProcess.Start(platform, Named(HostVariable));
        Latest = this;
    }

    /// <summary>The one that was started last, for tests that end it.</summary>
    public static HostedEngine? Latest { get; private set; }

    /// <summary>Ends the host as a crash would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks the host, after what it was asked before.</summary>
    public Task<Reply> AskAsync(Func<EngineProcess, Reply> request)
    {
        Task<Reply> reply = _last.ContinueWith(_ => request(_process), TaskScheduler.Default);
        _last = reply;
        return reply;
    }

    public void Dispose() => _process.Dispose();

    private static string Named(string variable) =>
        Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"The stand-in for DbgX needs the environment variable {variable}.");
}
