using System.Collections.Concurrent;

namespace KCallbacks.DbgX;

/// <summary>
/// The thread on which an engine is made and called: DbgX wants a context to which it can post, there before the engine is, and a thread of
/// the single-threaded kind.
/// </summary>
internal sealed class EngineThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _queue = [];

    /// <summary>Starts it.</summary>
    public EngineThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "DbgX" };
        if (OperatingSystem.IsWindows())
            thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
    }

    /// <summary>Runs work on the thread, its continuations too.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(async _ =>
        {
            try
            {
                result.SetResult(await work());
            }
            catch (OperationCanceledException cancelled)
            {
                result.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        }, null);
        return result.Task;
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            // What an engine says after its end is of no interest to anybody.
        }
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The thread ends after what has been posted.</summary>
    public void Dispose() => _queue.CompleteAdding();

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach ((SendOrPostCallback work, object? state) in _queue.GetConsumingEnumerable())
            work(state);
        _queue.Dispose();
    }
}
