using HangingWindows;

namespace HangingManaged.Threads;

/// <summary>Waits in SendMessage for a window whose thread hangs.</summary>
internal sealed class SendingThread(ReceivingThread receiver) : StandingThread($"{receiver.Name}-sender", 0)
{
    protected override void Run()
    {
        nint window = receiver.Window;
        Arrive();
        User32.SendMessageW(window, User32.WM_USER, 0, 0);
    }
}
