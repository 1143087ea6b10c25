using System.Windows.Forms;

namespace HangingDesktop.Forms;

/// <summary>Shows a dialog as it is loaded, which nobody closes.</summary>
internal sealed class ModalForm : HangingForm
{
    protected override void OnLoad(EventArgs e)
    {
        base.OnLoad(e);
        using var dialog = new Form();
        dialog.Shown += (_, _) => Arrive();
        dialog.ShowDialog(this);
    }
}
