using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.Engine.Tests.Engine;

/// <summary>Starts engines with the extension loaded. A test asks for a target and then runs commands.</summary>
internal static class EngineRun
{
    private static readonly Lazy<IWindowsPlatform> LazyPlatform =
        new(() => OperatingSystem.IsWindows() ? new NativeWindows() : new WinePrefix(Paths.WinePrefix));

    /// <summary>Windows, or Wine with its own prefix in the artifacts folder.</summary>
    public static IWindowsPlatform Platform => LazyPlatform.Value;

    private static readonly Lazy<IWindowsPlatform> LazyDesktop =
        new(() => Platform is WinePrefix prefix ? prefix.Clone(Paths.WinePrefix + "-desktop") : Platform);

    /// <summary>The same for programs whose windows are shown, which no program without a display may precede.</summary>
    public static IWindowsPlatform Desktop => LazyDesktop.Value;

    /// <summary>An engine without a target and without the extension.</summary>
    /// <param name="platform">Where it runs; null for where all do.</param>
    public static EngineProcess Start(IWindowsPlatform? platform = null) => EngineProcess.Start(platform ?? Platform, Paths.Host);

    /// <summary>Another client of the session of <paramref name="server"/>, in a process of its own.</summary>
    /// <param name="server">Runs in this machine; becomes a server.</param>
    /// <param name="transport">Where it waits for clients, as after <c>.server</c>.</param>
    /// <param name="connection">How the client gets there, as after the debugger's option <c>-remote</c>.</param>
    public static EngineProcess Join(this EngineProcess server, string transport, string connection)
    {
        server.Run($".server {transport}");
        EngineProcess client = EngineProcess.Connect(Platform, Paths.Host, connection);
        AssertSucceeded(client.Execute("* the first answer says that the client is there"));
        return client;
    }

    public static EngineProcess OpenDump(string path) => WithExtension(engine => engine.OpenDump(path));

    /// <summary>Opens a dump in secure mode, which must be there before the session.</summary>
    public static EngineProcess OpenDumpSecurely(string path) => WithExtension(engine =>
    {
        Assert.Contains("Secure mode enabled", engine.Execute(".secure 1").Text + engine.OpenDump(path).Text);
        return engine.Execute(".secure");
    });

    public static EngineProcess Attach(uint processId, bool nonInvasive = false, IWindowsPlatform? platform = null) =>
        WithExtension(engine => engine.Attach(processId, nonInvasive), platform);

    public static EngineProcess Create(string program) => WithExtension(engine => engine.Create(program));

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed, as text.</returns>
    public static string Run(this EngineProcess engine, string command)
    {
        Reply reply = engine.Execute(command);
        Assert.IsTrue(reply.Succeeded, $"{command}: 0x{reply.HResult:x8} {reply.Text}");
        return reply.Text;
    }

    private static EngineProcess WithExtension(Func<EngineProcess, Reply> openTarget, IWindowsPlatform? platform = null)
    {
        EngineProcess engine = Start(platform);
        AssertSucceeded(openTarget(engine));
        AssertSucceeded(engine.Load(Paths.Extension));
        return engine;
    }

    private static void AssertSucceeded(Reply reply) =>
        Assert.IsTrue(reply.Succeeded, $"{reply.Failure} {reply.Text}");
}
