namespace HangingWindows.Threads;

/// <summary>Waits in SendMessage for a window whose thread hangs: the victim, not the culprit.</summary>
internal sealed class SenderThread(SentMessageThread receiver) : StandingThread("sender", 0)
{
    protected override void Run()
    {
        nint window = receiver.Window;
        Arrive();
        User32.SendMessageW(window, User32.WM_USER, 0, 0);
    }
}
