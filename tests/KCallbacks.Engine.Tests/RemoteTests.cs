using System.Net;
using System.Net.Sockets;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests;

/// <summary>One session with a client in the engine's process (<c>.server</c>) and one in another (<c>-remote</c>).</summary>
[TestClass]
public sealed class RemoteTests
{
    /// <summary>Milliseconds a client listens for what is left of the other one's output.</summary>
    private const uint Listening = 100;

    [TestMethod]
    [DataRow(Transport.Tcp, "!kcallbacks")]
    [DataRow(Transport.Tcp, "!kcallbacks -v -t 3")]
    [DataRow(Transport.Tcp, "!kcallbacks -json")]
    [DataRow(Transport.Pipe, "!kcallbacks")]
    public void Both_get_what_either_asked_for_each_in_its_form(Transport transport, string command)
    {
        using EngineProcess server = Serve(UserCases.Nested(WindowsLayout.Windows10));
        string before = StateOf(server);
        using EngineProcess remote = Join(server, transport);

        foreach ((EngineProcess asking, EngineProcess listening) in (ReadOnlySpan<(EngineProcess, EngineProcess)>)[(remote, server), (server, remote)])
        {
            Task<Reply> asked = Task.Run(() => asking.Execute(command));
            (string text, string markup) = ListenUntil(asked, listening);

            Reply answer = asked.Result;
            Assert.Contains(command.EndsWith("json", StringComparison.Ordinal) ? "\"blocked\"" : "BLOCKED", answer.Text);
            Assert.AreEqual(answer.Text, text);
            Assert.AreEqual(answer.Markup, markup);
            Assert.AreEqual(answer.Text, Markup.WithoutTags(answer.Markup));
        }

        Assert.AreEqual(before, StateOf(server));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Either_stops_what_the_other_asked_for(bool isRemoteAsking)
    {
        using EngineProcess server = Serve(UserCases.LargeQuiet);
        using EngineProcess remote = Join(server, Transport.Tcp);
        (EngineProcess asking, EngineProcess stopping) = isRemoteAsking ? (remote, server) : (server, remote);
        server.Run("~1500s");
        server.Run(".frame 2");
        string before = StateOf(server);

        Task<Reply> scan = Task.Run(() => asking.Execute("!kcallbacks -walk"));
        do
            stopping.Interrupt();
        while (!scan.Wait(millisecondsTimeout: 5));
        stopping.Listen(Listening);

        Assert.Contains("PARTIAL", scan.Result.Text);
        Assert.AreEqual(before, StateOf(server));
        Assert.DoesNotContain("PARTIAL", asking.Run("!kcallbacks"));
    }

    [TestMethod]
    public void The_session_goes_on_when_the_other_client_leaves()
    {
        using EngineProcess server = Serve(UserCases.Nested(WindowsLayout.Windows10));
        using (EngineProcess remote = Join(server, Transport.Tcp))
            remote.Run("!kcallbacks");
        server.Listen(Listening);

        Assert.HasCount(9, PrintedFinding.In(server.Run("!kcallbacks -d 1")));
    }

    private static EngineProcess Serve(DumpPlan plan)
    {
        (_, EngineProcess server) = GeneratedSession.Open(plan);
        StateOf(server); // The first walk prints warnings about symbols.
        return server;
    }

    private static EngineProcess Join(EngineProcess server, Transport transport)
    {
        if (transport == Transport.Pipe)
        {
            // By "." the pipe is one of this machine; Wine has none of other machines, not even under its own name.
            string pipe = $"kcallbacks-{Guid.NewGuid():n}";
            return server.Join($"npipe:pipe={pipe}", $"npipe:server=.,pipe={pipe}");
        }

        int port = FreePort();
        return server.Join($"tcp:port={port}", $"tcp:server=127.0.0.1,port={port}");
    }

    /// <summary>All output that a client gets while another one runs a command.</summary>
    private static (string Text, string Markup) ListenUntil(Task end, EngineProcess client)
    {
        string text = "", markup = "";
        bool isOver;
        do
        {
            isOver = end.IsCompleted;
            Reply heard = client.Listen(Listening);
            text += heard.Text;
            markup += heard.Markup;
        }
        while (!isOver);
        return (text, markup);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string StateOf(EngineProcess engine) =>
        string.Concat(((string[])["~.", ".frame", "n", "r"]).Select(engine.Run));

    /// <summary>How the clients' processes are connected.</summary>
    public enum Transport
    {
        /// <summary>TCP on the loopback address.</summary>
        Tcp,

        /// <summary>A named pipe.</summary>
        Pipe,
    }
}
