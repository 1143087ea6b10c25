namespace HangingWindows.Threads;

/// <summary>Waits for an event that nobody sets.</summary>
internal sealed class WaitingThread() : StandingThread("waiting", 0)
{
    protected override void Run()
    {
        using var never = new ManualResetEvent(false);
        Arrive();
        never.WaitOne();
    }
}
