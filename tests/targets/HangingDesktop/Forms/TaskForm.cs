namespace HangingDesktop.Forms;

/// <summary>Waits, as it is loaded, for a task whose rest only its own thread could run.</summary>
internal sealed class TaskForm : HangingForm
{
    protected override void OnLoad(EventArgs e)
    {
        base.OnLoad(e);
        Arrive();
        LoadAsync().Wait();
    }

    private static async Task LoadAsync() => await Task.Delay(1);
}
