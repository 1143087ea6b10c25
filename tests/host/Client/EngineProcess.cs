using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.EngineHost.Client;

/// <summary>A running engine host with one session of the debug engine. Not thread-safe.</summary>
public sealed class EngineProcess : IDisposable
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(10);

    private readonly IWindowsPlatform _platform;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private EngineProcess(IWindowsPlatform platform, Process process)
    {
        _platform = platform;
        _process = process;
        _process.ErrorDataReceived += (_, line) => { lock (_errors) _errors.AppendLine(line.Data); };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the host.</summary>
    /// <param name="platform">Where it runs.</param>
    /// <param name="host">Path of <c>enginehost.exe</c>; the engine's DLLs lie beside it.</param>
    public static EngineProcess Start(IWindowsPlatform platform, string host) =>
        new(platform, Process.Start(platform.StartOf(host))!);

    /// <summary>Starts a host that joins the session of a server.</summary>
    /// <param name="platform">Where it runs.</param>
    /// <param name="host">Path of <c>enginehost.exe</c>; the engine's DLLs lie beside it.</param>
    /// <param name="connection">As after the debugger's option <c>-remote</c>.</param>
    public static EngineProcess Connect(IWindowsPlatform platform, string host, string connection)
    {
        ProcessStartInfo start = platform.StartOf(host);
        start.ArgumentList.Add(connection);
        return new EngineProcess(platform, Process.Start(start)!);
    }

    /// <summary>Bytes of memory that only the host uses.</summary>
    public long PrivateMemory => OperatingSystem.IsLinux() ? PrivateMemoryOnLinux : PrivateMemoryOnWindows;

    /// <summary>A path of this machine as the engine knows it.</summary>
    public string PathOf(string path) => _platform.WindowsPathOf(path);

    /// <summary>Opens a dump file of this machine.</summary>
    public Reply OpenDump(string path) => Send(new OpenDump(_platform.WindowsPathOf(path)));

    /// <inheritdoc cref="Protocol.Attach"/>
    public Reply Attach(uint processId, bool nonInvasive = false) => Send(new Attach(processId, nonInvasive));

    /// <summary>Starts a program of this machine under the debugger and stops at its initial breakpoint.</summary>
    public Reply Create(string program) => Send(new Create($"\"{_platform.WindowsPathOf(program)}\""));

    /// <summary>Writes a minidump of another process to a file of this machine.</summary>
    public Reply WriteDump(uint processId, string path, bool withFullMemory = false) =>
        Send(new WriteDump(processId, _platform.WindowsPathOf(path), withFullMemory));

    /// <summary>Loads an extension that lies on this machine.</summary>
    public Reply Load(string extension) => Execute($".load {_platform.WindowsPathOf(extension)}");

    /// <summary>Runs one command of the debugger.</summary>
    /// <param name="command">As the user would type it.</param>
    /// <param name="interruptAfter">Milliseconds until Ctrl+Break; null for never.</param>
    public Reply Execute(string command, int? interruptAfter = null) => Send(new Execute(command, interruptAfter));

    /// <inheritdoc cref="Protocol.Interrupt"/>
    public Reply Interrupt() => Send(new Interrupt());

    /// <inheritdoc cref="Protocol.Listen"/>
    public Reply Listen(uint milliseconds) => Send(new Listen(milliseconds));

    /// <summary>Sends one request and waits for its reply.</summary>
    /// <exception cref="TimeoutException">The engine did not answer in time; the host has been ended.</exception>
    /// <exception cref="EndOfStreamException">The host died.</exception>
    public Reply Send(Request request, TimeSpan? limit = null)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request, ProtocolJson.Default.Request));
        _process.StandardInput.Flush();
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(limit ?? UsualLimit))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"No answer to {request} within {limit ?? UsualLimit}; the host has been ended. {Errors}");
        }
        if (line.Result is not string json)
            throw new EndOfStreamException($"The host died at {request}. {Errors}");
        return JsonSerializer.Deserialize(json, ProtocolJson.Default.Reply)!;
    }

    /// <summary>Time that the engine's process had of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Ends the host at once, as a crash would.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Ends the session and the host.</summary>
    public void Dispose()
    {
        CloseInput();
        if (!_process.WaitForExit(FarewellLimit))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone, and nobody reads what was not sent yet.
        }
    }

    private long PrivateMemoryOnWindows
    {
        get
        {
            _process.Refresh();
            return _process.PrivateMemorySize64;
        }
    }

    /// <summary>Linux counts address space as private memory; what is used of it is told in kilobytes.</summary>
    private long PrivateMemoryOnLinux => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) << 10;

    private string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }
}
