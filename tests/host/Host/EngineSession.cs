using System.Diagnostics;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.EngineHost;

/// <summary>The engine and its two clients: one takes text, the other markup, so that a reply has both.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly DebugClient _textClient;
    private readonly DebugClient _markupClient;
    private readonly DebugControl _control;
    private readonly OutputCapture _text = new(OutputFormat.Text);
    private readonly OutputCapture _markup = new(OutputFormat.Markup);
    private bool _startedTarget;

    public EngineSession()
    {
        _textClient = DebugClient.Start();
        _markupClient = _textClient.CreateClient();
        _control = _textClient.Control();
        _textClient.SetOutputCallbacks(_text);
        _markupClient.SetOutputCallbacks(_markup);
        _control.StopAtInitialBreak();
    }

    public Reply Answer(Request request)
    {
        var watch = Stopwatch.StartNew();
        (int result, string? failure) = Perform(request);
        return new Reply(result, watch.Elapsed.TotalMilliseconds, _text.Take(), _markup.Take(), failure);
    }

    public void Dispose()
    {
        _textClient.EndSession(terminate: _startedTarget);
        _control.Dispose();
        _markupClient.Dispose();
        _textClient.Dispose();
    }

    private (int Result, string? Failure) Perform(Request request)
    {
        try
        {
            return (Dispatch(request), null);
        }
        catch (Exception exception)
        {
            return (exception.HResult, exception.Message);
        }
    }

    private int Dispatch(Request request)
    {
        switch (request)
        {
            case OpenDump dump:
                _textClient.OpenDumpFile(dump.Path);
                _control.WaitForEvent();
                return 0;
            case Attach attach:
                _textClient.AttachProcess(attach.ProcessId, attach.NonInvasive);
                _control.WaitForEvent();
                return 0;
            case Create create:
                _textClient.CreateProcess(create.CommandLine);
                _startedTarget = true;
                _control.WaitForEvent();
                return 0;
            case WriteDump dump:
                DumpWriter.Write(dump.ProcessId, dump.Path, dump.WithFullMemory);
                return 0;
            case Execute execute:
                return Execute(execute);
            default:
                throw new NotSupportedException($"The host knows no request {request.GetType().Name}.");
        }
    }

    private int Execute(Execute execute)
    {
        using Timer? interrupt = execute.InterruptAfter is int milliseconds
            ? new Timer(_ => _control.SetInterrupt(), null, milliseconds, Timeout.Infinite)
            : null;
        int result = _control.Execute(execute.Command);
        if (result >= 0 && _control.TargetRuns)
            _control.WaitForEvent();
        return result;
    }
}
