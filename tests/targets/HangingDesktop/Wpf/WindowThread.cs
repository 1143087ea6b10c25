using System.Windows.Threading;
using HangingWindows;

namespace HangingDesktop.Wpf;

/// <summary>Runs a window that hangs.</summary>
internal sealed class WindowThread(string name, Func<HangingWindow> make) : StandingThread(name, 1)
{
    protected override ApartmentState Apartment => ApartmentState.STA;

    /// <summary>Takes what other threads have this one run; there when the thread stands.</summary>
    public Dispatcher Dispatcher { get; private set; } = null!;

    protected override void Run()
    {
        Dispatcher = Dispatcher.CurrentDispatcher;
        SynchronizationContext.SetSynchronizationContext(new DispatcherSynchronizationContext(Dispatcher));
        HangingWindow window = make();
        window.Arrive = Arrive;
        window.Width = window.Height = 200;
        // To activate a window, others are asked that hang.
        window.ShowActivated = false;
        window.Show();
        Dispatcher.Run();
    }
}
