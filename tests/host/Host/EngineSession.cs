using System.Diagnostics;
using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.EngineHost.Analysis;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.EngineHost;

/// <summary>The engine with two clients: one takes text, the other markup, so that a reply has both.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly DebugEngine _engine;
    private readonly DebugClient _markupClient;
    private readonly OutputCapture _text;
    private readonly OutputCapture _markup;
    private SessionEnd _end;

    /// <param name="engine">An engine of this process, or that of a server; the session disposes it.</param>
    /// <param name="end">What the session's end does to its processes.</param>
    public EngineSession(DebugEngine engine, SessionEnd end)
    {
        _engine = engine;
        _end = end;
        _engine.Client.TryCreateClient(out DebugClient? second).ThrowIfFailed("CreateClient");
        _markupClient = second!;
        _text = new OutputCapture(_engine.Client, OutputFormat.Text);
        _markup = new OutputCapture(_markupClient, OutputFormat.Dml);
        _engine.Control.AddEngineOptions(EngineOptions.InitialBreak);
    }

    public Reply Answer(Request request)
    {
        var watch = Stopwatch.StartNew();
        (HResult result, string? failure) = Perform(request);
        double milliseconds = watch.Elapsed.TotalMilliseconds;
        // Output is fetched when the other client's command is over, and an interrupt must not wait for that.
        return request is Interrupt
            ? new Reply(result.Value, milliseconds, Text: "", Markup: "", failure)
            : new Reply(result.Value, milliseconds, _text.Take(), _markup.Take(), failure);
    }

    public void Dispose()
    {
        _engine.Client.TryEndSession(_end);
        _markup.Dispose();
        _text.Dispose();
        _markupClient.Dispose();
        _engine.Dispose();
    }

    private (HResult Result, string? Failure) Perform(Request request)
    {
        try
        {
            return (Dispatch(request), null);
        }
        catch (EngineCallException exception)
        {
            return (exception.Result, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or System.ComponentModel.Win32Exception)
        {
            return (new HResult(exception.HResult), exception.Message);
        }
    }

    private HResult Dispatch(Request request)
    {
        switch (request)
        {
            case OpenDump dump:
                _engine.Client.OpenDumpFile(dump.Path);
                return WaitForTarget();
            case Attach attach:
                _engine.Client.AttachProcess(attach.ProcessId, attach.NonInvasive ? AttachOptions.NonInvasive : AttachOptions.Default);
                return WaitForTarget();
            case Create create:
                _engine.Client.CreateProcess(create.CommandLine);
                _end = SessionEnd.Terminate;
                return WaitForTarget();
            case Execute execute:
                return Execute(execute);
            case Interrupt:
                return _engine.Control.TrySetInterrupt(InterruptKind.Active);
            case Listen listen:
                return _engine.Client.TryDispatchCallbacks(listen.Milliseconds);
            case WriteDump dump:
                DumpWriter.Write(dump.ProcessId, dump.Path, dump.WithFullMemory);
                return HResult.Ok;
            case Analyze analyze:
                return Analyze(analyze);
            default:
                throw new ArgumentException($"The host knows no request {request.GetType().Name}.");
        }
    }

    /// <summary>Runs a command, which may let the target run; the reply comes when it stands again.</summary>
    private HResult Execute(Execute execute)
    {
        using Timer? interrupt = execute.InterruptAfter is int milliseconds
            ? new Timer(_ => _engine.Control.TrySetInterrupt(InterruptKind.Active), null, milliseconds, Timeout.Infinite)
            : null;
        HResult result = _engine.Control.TryExecute(OutputControl.AllClients, execute.Command);
        return result.Succeeded && _engine.Control.GetExecutionStatus() < ExecutionStatus.Break ? WaitForTarget() : result;
    }

    private unsafe HResult Analyze(Analyze analyze)
    {
        var plugin = (delegate* unmanaged<nint, uint, nint, int>)NativeLibrary.GetExport(NativeLibrary.Load(analyze.Extension), "_EFN_Analyze");
        using var made = new MadeAnalysis(analyze);
        HResult result = new(plugin(analyze.Lacks == AnalysisLack.Client ? 0 : _engine.Client.Pointer, analyze.Phase, made.Pointer));
        foreach (string call in made.Calls)
            _engine.Control.Output(OutputControl.AllClients, OutputMask.Normal, call + "\n");
        return result;
    }

    private HResult WaitForTarget()
    {
        const uint forever = uint.MaxValue;
        HResult result = _engine.Control.TryWaitForEvent(forever);
        result.ThrowIfFailed("WaitForEvent");
        return result;
    }
}
