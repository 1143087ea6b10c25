using System.Windows.Forms;

namespace HangingDesktop.Forms;

/// <summary>Waits for a lock as it is painted.</summary>
internal sealed class PaintingForm(object held) : HangingForm
{
    protected override void OnPaint(PaintEventArgs e)
    {
        Arrive();
        lock (held)
            base.OnPaint(e);
    }
}
