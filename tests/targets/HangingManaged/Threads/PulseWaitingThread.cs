namespace HangingManaged.Threads;

/// <summary>Has a lock and waits for its pulse.</summary>
internal sealed class PulseWaitingThread() : ReceivingThread("pulse-waiter")
{
    protected override void Hang()
    {
        object condition = new();
        lock (condition)
        {
            Arrive();
            Monitor.Wait(condition);
        }
    }
}
