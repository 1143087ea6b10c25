using HangingWindows;

namespace HangingDesktop.Wpf;

/// <summary>Has the thread of a window run something, which hangs.</summary>
internal sealed class DispatchingThread(WindowThread target) : StandingThread("window-dispatcher", 0)
{
    protected override void Run()
    {
        target.WaitUntilItStands();
        Arrive();
        target.Dispatcher.Invoke(static () => { });
    }
}
