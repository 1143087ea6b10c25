namespace HangingDesktop.Forms;

/// <summary>Waits, as it is loaded, for the end of a thread that waits for it: a deadlock.</summary>
internal sealed class JoiningForm(InvokingThread worker) : HangingForm
{
    protected override void OnLoad(EventArgs e)
    {
        base.OnLoad(e);
        worker.Start();
        worker.WaitUntilItStands();
        Arrive();
        worker.Thread.Join();
    }
}
