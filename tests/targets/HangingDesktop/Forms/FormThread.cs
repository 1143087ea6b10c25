using System.Windows.Forms;
using HangingWindows;

namespace HangingDesktop.Forms;

/// <summary>Runs a form that hangs.</summary>
internal sealed class FormThread(string name, Func<HangingForm> make, int expectedDepth = 1, bool waitsForOthers = true) : StandingThread(name, expectedDepth)
{
    protected override ApartmentState Apartment => ApartmentState.STA;

    /// <summary>The form; there when the thread stands.</summary>
    public Form Form { get; private set; } = null!;

    protected override void Run()
    {
        HangingForm form = make();
        form.Arrive = PassGate;
        Form = form;
        Application.Run(form);
    }

    private void PassGate()
    {
        if (waitsForOthers)
            Gate.Pass();
        Arrive();
    }
}
