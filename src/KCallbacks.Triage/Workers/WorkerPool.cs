using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Workers;

/// <summary>
/// Has inputs read by several processes at a time. Nothing waits in between: a worker that is free takes the next input from the source,
/// and its row is handed on before it takes another.
/// </summary>
/// <param name="start">How a worker is started.</param>
/// <param name="count">How many there are.</param>
/// <param name="limits">What one input may take.</param>
/// <param name="clock">The clock.</param>
public sealed class WorkerPool(WorkerStart start, int count, WorkerLimits limits, TimeProvider clock) : IDisposable
{
    /// <summary>Starts that fail one after the other before workers are taken to be broken.</summary>
    private const int MostFalseStarts = 3;

    private const int MostCrashes = 2;

    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock _source = new();
    private readonly Lock _sink = new();
    private readonly WorkerProcess?[] _workers = new WorkerProcess?[count];
    private volatile bool _isStopped;
    private Exception? _failure;

    /// <summary>Reads all inputs; returns when all have a row, or it was stopped.</summary>
    /// <param name="requests">The inputs; asked for one at a time.</param>
    /// <param name="add">Takes a row, one at a time: what became of an input, and its line, which is valid until it returns.</param>
    public void Run(IEnumerable<WorkRequest> requests, Action<TriageOutcome, ReadOnlyMemory<byte>> add)
    {
        ArgumentNullException.ThrowIfNull(requests);
        using IEnumerator<WorkRequest> source = requests.GetEnumerator();
        using ITimer watch = clock.CreateTimer(_ => Check(), null, CheckEvery, CheckEvery);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => Work(number, source, add)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (_failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Ends all workers; what they were reading has no row.</summary>
    public void Stop()
    {
        _isStopped = true;
        foreach (WorkerProcess? worker in _workers)
            worker?.End(TriageOutcome.Crashed);
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private void Check()
    {
        foreach (WorkerProcess? worker in _workers)
            worker?.Check();
    }

    private void Work(int number, IEnumerator<WorkRequest> source, Action<TriageOutcome, ReadOnlyMemory<byte>> add)
    {
        try
        {
            while (TryTake(source) is { } request && Do(number, request) is { } answer)
                Add(answer, add);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            Stop();
        }
        finally
        {
            Replace(number, null);
        }
    }

    /// <summary>Rows of inputs that were given up because the run was stopped are none.</summary>
    private void Add(WorkerAnswer answer, Action<TriageOutcome, ReadOnlyMemory<byte>> add)
    {
        lock (_sink)
        {
            if (!_isStopped)
                add(answer.Outcome, answer.Line);
        }
    }

    private WorkRequest? TryTake(IEnumerator<WorkRequest> source)
    {
        lock (_source)
        {
            return !_isStopped && source.MoveNext() ? source.Current : null;
        }
    }

    /// <summary>
    /// An input at which a worker crashes is given to a fresh one: the first may have been ended by somebody else, or by what it read before.
    /// </summary>
    private WorkerAnswer? Do(int number, WorkRequest request)
    {
        if (request.Known is { } known)
            return WorkerAnswer.Of(known);
        for (int crashes = 0; !_isStopped;)
        {
            WorkerProcess worker = Ready(number);
            WorkerAnswer? answer = worker.Do(request);
            bool hasEnded = worker.IsEnded;
            if (hasEnded || worker.IsBloated)
                Replace(number, null);
            if (answer is not null && (!hasEnded || answer.Outcome != TriageOutcome.Crashed || ++crashes == MostCrashes))
                return answer;
        }

        return null;
    }

    private WorkerProcess Ready(int number)
    {
        for (int attempt = 0; attempt < MostFalseStarts; attempt++)
        {
            if (_workers[number] is { } ready)
                return ready;
            var worker = WorkerProcess.Start(start, limits, clock);
            Replace(number, worker);
            if (_isStopped)
                worker.End(TriageOutcome.Crashed);
            if (worker.TryBegin() || _isStopped)
                return worker;
            Replace(number, null);
        }

        throw new WorkerException($"workers end before they begin: {start.Program} {string.Join(' ', start.Arguments)}");
    }

    private void Replace(int number, WorkerProcess? worker)
    {
        WorkerProcess? old = _workers[number];
        _workers[number] = worker;
        old?.Dispose();
    }
}
