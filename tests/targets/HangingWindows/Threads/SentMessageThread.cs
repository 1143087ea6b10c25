using System.Runtime.InteropServices;

namespace HangingWindows.Threads;

/// <summary>Waits for messages and hangs in the window procedure that another thread's SendMessage has it run.</summary>
internal sealed unsafe class SentMessageThread() : StandingThread("sent-message", 1)
{
    [ThreadStatic]
    private static SentMessageThread? s_current;
    private readonly TaskCompletionSource<nint> _window = new();

    /// <summary>The window whose procedure never returns from WM_USER; waits until it is there.</summary>
    public nint Window => _window.Task.Result;

    protected override void Run()
    {
        s_current = this;
        _window.SetResult(new WindowClass("SentMessage", &Procedure).CreateWindow());
        User32.MSG message;
        while (User32.GetMessageW(&message, 0, 0, 0) > 0)
            User32.DispatchMessageW(&message);
    }

    [UnmanagedCallersOnly]
    private static nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        if (message == User32.WM_USER)
            s_current!.Stand();
        return User32.DefWindowProcW(window, message, wParam, lParam);
    }
}
