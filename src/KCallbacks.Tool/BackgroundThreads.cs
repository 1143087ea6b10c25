namespace KCallbacks.Tool;

/// <summary>Threads that end with the program and are used again: starting one takes a twentieth of the time of a small dump.</summary>
internal sealed class BackgroundThreads
{
    /// <summary>How often who waits for a job looks whether it is hopeless.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly object _changed = new();
    private readonly Queue<Job> _waiting = new();
    private int _idle;

    /// <summary>Has a thread do some work, which must not throw.</summary>
    public void Start(Action work) => Start(new Job(work));

    /// <summary>Has a thread do some work, and waits for it.</summary>
    /// <param name="work">The work; must not throw.</param>
    /// <param name="isHopeless">Whether to wait no longer; asked again and again.</param>
    /// <returns>Whether it was done.</returns>
    public bool TryFinish(Action work, Func<bool> isHopeless)
    {
        var job = new Job(work);
        Start(job);
        lock (_changed)
        {
            while (!job.IsDone)
            {
                if (!Monitor.Wait(_changed, Pause) && isHopeless())
                    return false;
            }
        }

        return true;
    }

    private void Start(Job job)
    {
        lock (_changed)
        {
            if (_idle > _waiting.Count)
            {
                _waiting.Enqueue(job);
                Monitor.PulseAll(_changed);
                return;
            }
        }

        new Thread(() => Run(job)) { IsBackground = true }.Start();
    }

    private void Run(Job job)
    {
        while (true)
        {
            job.Work();
            lock (_changed)
            {
                job.IsDone = true;
                _idle++;
                Monitor.PulseAll(_changed);
                while (!_waiting.TryDequeue(out job!))
                    Monitor.Wait(_changed);
                _idle--;
            }
        }
    }

    private sealed class Job(Action work)
    {
        public Action Work { get; } = work;

        public bool IsDone { get; set; }
    }
}
