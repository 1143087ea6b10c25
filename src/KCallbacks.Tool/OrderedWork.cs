namespace KCallbacks.Tool;

/// <summary>Does pieces of work on all processors and hands out their results in order. Few results are kept at a time.</summary>
/// <typeparam name="T">A result.</typeparam>
/// <param name="count">Pieces of work.</param>
/// <param name="work">Does one; must not throw.</param>
/// <param name="threads">Do the work.</param>
/// <param name="giveUp">Asked again and again while a result is waited for: a result in its place, so that one that hangs does not keep all; null to go on waiting.</param>
internal sealed class OrderedWork<T>(int count, Func<int, T> work, BackgroundThreads threads, Func<int, T?> giveUp)
    where T : class
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly int _workers = Math.Min(count, Environment.ProcessorCount);
    private readonly Dictionary<int, T> _done = [];
    private readonly object _changed = new();
    private int _next;
    private int _handedOut;

    /// <summary>The results, from the first to the last.</summary>
    public IEnumerable<T> Results()
    {
        for (int i = 0; i < _workers; i++)
            threads.Start(Work);
        try
        {
            for (int i = 0; i < count; i++)
                yield return Take(i);
        }
        finally
        {
            Stop();
        }
    }

    private void Work()
    {
        while (TryClaim(out int piece))
        {
            T result = work(piece);
            lock (_changed)
            {
                if (piece >= _handedOut)
                    _done[piece] = result;
                Monitor.PulseAll(_changed);
            }
        }
    }

    /// <summary>Nobody works far ahead of what was handed out: its results would pile up.</summary>
    private bool TryClaim(out int piece)
    {
        lock (_changed)
        {
            while (_next < count && _next >= _handedOut + (2 * _workers))
                Monitor.Wait(_changed);
            piece = _next < count ? _next++ : count;
            return piece < count;
        }
    }

    private T Take(int piece)
    {
        lock (_changed)
        {
            T? result;
            while (!_done.Remove(piece, out result))
            {
                if (Monitor.Wait(_changed, Patience) || giveUp(piece) is not { } instead)
                    continue;
                // Its worker is lost; another takes its place.
                threads.Start(Work);
                result = instead;
                break;
            }

            _handedOut = piece + 1;
            Monitor.PulseAll(_changed);
            return result;
        }
    }

    private void Stop()
    {
        lock (_changed)
        {
            _next = count;
            _handedOut = count;
            Monitor.PulseAll(_changed);
        }
    }
}
