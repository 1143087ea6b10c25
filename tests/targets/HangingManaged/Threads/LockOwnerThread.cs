using HangingWindows;

namespace HangingManaged.Threads;

/// <summary>Sleeps with a lock.</summary>
internal sealed class LockOwnerThread(object held) : StandingThread("lock-owner", 0)
{
    protected override void Run()
    {
        lock (held)
            Stand();
    }
}
