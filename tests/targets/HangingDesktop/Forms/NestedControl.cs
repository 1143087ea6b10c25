using System.Windows.Forms;

namespace HangingDesktop.Forms;

/// <summary>Waits for an event that nobody sets.</summary>
internal sealed class NestedControl(Action arrive) : Control
{
    protected override void OnHandleCreated(EventArgs e)
    {
        base.OnHandleCreated(e);
        using var never = new ManualResetEvent(false);
        arrive();
        never.WaitOne();
    }
}
