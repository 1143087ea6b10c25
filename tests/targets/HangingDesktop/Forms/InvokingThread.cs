using HangingWindows;

namespace HangingDesktop.Forms;

/// <summary>Has the thread of a form run something, which waits for this one.</summary>
internal sealed class InvokingThread() : StandingThread("form-invoker", 0)
{
    /// <summary>The form's thread.</summary>
    public FormThread Target { private get; set; } = null!;

    protected override void Run()
    {
        Arrive();
        Target.Form.Invoke(static () => { });
    }
}
