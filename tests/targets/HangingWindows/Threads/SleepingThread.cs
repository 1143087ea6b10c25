namespace HangingWindows.Threads;

/// <summary>Sleeps.</summary>
internal sealed class SleepingThread() : StandingThread("sleeping", 0)
{
    protected override void Run() => Stand();
}
