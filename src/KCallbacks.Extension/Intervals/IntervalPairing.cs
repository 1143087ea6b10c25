namespace KCallbacks.Extension.Intervals;

/// <summary>
/// Pairs what begins callbacks with what ends them. Callbacks of a thread are nested, so a return ends the callback that began last.
/// </summary>
internal static class IntervalPairing
{
    /// <summary>All callbacks of a run, in the order of <see cref="CallbackInterval"/>.</summary>
    /// <param name="calls">Begins and returns, in any order.</param>
    public static IReadOnlyList<CallbackInterval> Pair(IEnumerable<TraceCall> calls)
    {
        var inOrder = new List<TraceCall>(calls);
        inOrder.Sort();
        // One list without these ids would not find the threads of the other.
        bool hasUniqueIds = inOrder.TrueForAll(call => call.UniqueThreadId is not null);
        Dictionary<ulong, ThreadCalls> threads = [];
        var intervals = new List<CallbackInterval>();
        foreach (TraceCall call in inOrder)
        {
            ulong id = hasUniqueIds ? call.UniqueThreadId!.Value : call.ThreadId;
            if (!threads.TryGetValue(id, out ThreadCalls? thread))
                threads.Add(id, thread = new ThreadCalls());
            if (thread.Take(call) is { } ended)
                intervals.Add(ended);
        }

        foreach (ThreadCalls thread in threads.Values)
            thread.AddRunning(intervals);
        intervals.Sort();
        return intervals;
    }

    /// <summary>The calls of one thread, in the order of time.</summary>
    private sealed class ThreadCalls
    {
        private readonly List<TraceCall> _running = [];
        private TraceCall? _last;

        /// <summary>Takes the next call.</summary>
        /// <returns>The callback that it ends; null when it begins one.</returns>
        public CallbackInterval? Take(TraceCall call)
        {
            // A function with several names is listed once by each.
            if (call.CompareTo(_last) == 0)
                return null;
            _last = call;
            if (!call.IsReturn)
            {
                _running.Add(call);
                return null;
            }

            int level = _running.Count;
            if (level == 0)
                return new CallbackInterval(null, call, null);
            TraceCall begin = _running[^1];
            _running.RemoveAt(level - 1);
            return new CallbackInterval(begin, call, level);
        }

        /// <summary>Adds those that have not ended.</summary>
        public void AddRunning(List<CallbackInterval> intervals)
        {
            for (int i = 0; i < _running.Count; i++)
                intervals.Add(new CallbackInterval(_running[i], null, i + 1));
        }
    }
}
