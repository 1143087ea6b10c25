using System.Windows.Threading;
using HangingWindows;

namespace HangingDesktop.Wpf;

/// <summary>Runs a window that hangs.</summary>
internal sealed class WindowThread(string name, Func<HangingWindow> make) : StandingThread(name, 2)
{
    protected override ApartmentState Apartment => ApartmentState.STA;

    /// <summary>Takes what other threads have this one run; there when the thread stands.</summary>
    public Dispatcher Dispatcher { get; private set; } = null!;

    protected override void Run()
    {
        Dispatcher = Dispatcher.CurrentDispatcher;
        SynchronizationContext.SetSynchronizationContext(new DispatcherSynchronizationContext(Dispatcher));
        HangingWindow window = make();
        window.Arrive = PassGate;
        window.Width = window.Height = 200;
        // To activate a window, others are asked that hang.
        window.ShowActivated = false;
        window.Show();
        // A window that is shown is measured outside of callbacks; one that is told its new size, inside of one.
        window.IsArmed = true;
        window.Width = 300;
        Dispatcher.Run();
    }

    private void PassGate()
    {
        Gate.Pass();
        Arrive();
    }
}
