namespace HangingManaged.Threads;

/// <summary>Waits for a lock. It is of a single-threaded apartment, whose waits pump messages.</summary>
internal sealed class LockWaitingThread(object held) : ReceivingThread("lock-waiter")
{
    protected override ApartmentState Apartment => ApartmentState.STA;

    protected override void Hang()
    {
        Arrive();
        lock (held)
            throw new InvalidOperationException("The lock was let go.");
    }
}
