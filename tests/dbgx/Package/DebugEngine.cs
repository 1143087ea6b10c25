using DbgX.Interfaces.Events;
using DbgX.Requests;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX;

/// <summary>An engine in a process of its own.</summary>
public sealed class DebugEngine : IDisposable
{
    private readonly SynchronizationContext _context;
    private readonly HostedEngine _host;
    private bool _isShutDown;

    /// <summary>Starts one; it is called on the context that is current now.</summary>
    public DebugEngine()
        : this(null, null, null, null, false, null, SynchronizationContext.Current)
    {
    }

    /// <summary>Starts one. What the first six are is not known; published programs pass nothing.</summary>
    public DebugEngine(object? first, object? second, object? third, object? fourth, bool fifth, object? sixth, SynchronizationContext? context)
    {
        _context = context ?? throw new InvalidOperationException("DbgX needs a SynchronizationContext to which it can post.");
        _host = new HostedEngine();
    }

    /// <summary>The debugger printed something, as markup.</summary>
    public event EventHandler<OutputEventArgs>? DmlOutput;

    /// <summary>The engine's process is gone.</summary>
    public event EventHandler<UnexpectedEngineDisconnectionEventArgs>? UnexpectedEngineDisconnection;

    /// <summary>Whether the target runs.</summary>
    public DebuggingState DebuggingState { get; } = new();

    /// <summary>Has the engine do something. Whether the package ends a request that is cancelled is not known, so this one does not.</summary>
    public Task SendRequestAsync(DebugRequest request, CancellationToken cancellation = default) => AnswerAsync(request);

    /// <inheritdoc cref="SendRequestAsync(DebugRequest, CancellationToken)"/>
    public async Task<TResult> SendRequestAsync<TResult>(DebugRequest<TResult> request, CancellationToken cancellation = default)
    {
        Reply reply = await AnswerAsync(request);
        return request.Result(reply);
    }

    /// <summary>Ends the engine.</summary>
    public Task ShutdownAsync(int milliseconds)
    {
        DemandContext();
        _isShutDown = true;
        return Task.Run(_host.Dispose).WaitAsync(TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>Ends the session.</summary>
    public Task StopDebuggingAsync()
    {
        DemandContext();
        return _host.AskAsync(process => process.Execute("qd"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isShutDown)
            throw new InvalidOperationException("Disposing without ShutdownAsync leaves the engine's recovery at work.");
    }

    private async Task<Reply> AnswerAsync(DebugRequest request)
    {
        DemandContext();
        DebuggingState.EngineBusy = true;
        try
        {
            Reply reply = await _host.AskAsync(request.Send);
            if (request.IsShown && reply.Markup.Length > 0)
                DmlOutput?.Invoke(this, new OutputEventArgs(reply.Markup));
            return reply.Failure is { } failure ? throw new InvalidOperationException(failure) : reply;
        }
        catch (EndOfStreamException) when (!_isShutDown)
        {
            UnexpectedEngineDisconnection?.Invoke(this, new UnexpectedEngineDisconnectionEventArgs());
            // Whether the package ends a request whose engine is gone is not known either.
            return await new TaskCompletionSource<Reply>().Task;
        }
        finally
        {
            DebuggingState.EngineBusy = false;
        }
    }

    private void DemandContext()
    {
        if (SynchronizationContext.Current != _context)
            throw new InvalidOperationException("DbgX is called on the context on which it was made.");
    }
}
