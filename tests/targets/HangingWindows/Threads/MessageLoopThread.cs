namespace HangingWindows.Threads;

/// <summary>Waits for messages that do not come: in the window manager's system call, but in no callback.</summary>
internal sealed unsafe class MessageLoopThread() : StandingThread("message-loop", 0)
{
    protected override void Run()
    {
        Arrive();
        User32.MSG message;
        _ = User32.GetMessageW(&message, 0, 0, 0);
    }
}
