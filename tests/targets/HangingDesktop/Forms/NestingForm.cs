namespace HangingDesktop.Forms;

/// <summary>Makes a control as it is loaded, which hangs as it is made.</summary>
internal sealed class NestingForm : HangingForm
{
    protected override void OnLoad(EventArgs e)
    {
        base.OnLoad(e);
        Controls.Add(new NestedControl(Arrive));
    }
}
