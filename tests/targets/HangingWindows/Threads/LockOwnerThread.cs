namespace HangingWindows.Threads;

/// <summary>Owns a critical section and sends a message to the window whose procedure enters it: the two wait for each other for ever.</summary>
internal sealed class LockOwnerThread(LockingWindowThread receiver) : StandingThread("deadlock-owner", 0)
{
    protected override void Run()
    {
        nint window = receiver.Window;
        receiver.Section.Enter();
        Arrive();
        User32.SendMessageW(window, LockingWindowThread.EnterSection, 0, 0);
    }
}
