namespace HangingManaged.Threads;

/// <summary>Waits for a task that nobody completes.</summary>
internal sealed class TaskWaitingThread() : ReceivingThread("task-waiter")
{
    protected override void Hang()
    {
        var never = new TaskCompletionSource();
        Arrive();
        never.Task.Wait();
    }
}
