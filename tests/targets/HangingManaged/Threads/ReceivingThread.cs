using System.Runtime.InteropServices;
using HangingWindows;

namespace HangingManaged.Threads;

/// <summary>Waits for messages, and hangs in the managed window procedure that another thread's SendMessage has it run.</summary>
internal abstract unsafe class ReceivingThread(string name, int expectedDepth = 1) : StandingThread(name, expectedDepth)
{
    private readonly TaskCompletionSource<nint> _window = new();
    private WindowProcedure? _procedure;

    private delegate nint WindowProcedure(nint window, uint message, nint wParam, nint lParam);

    /// <summary>The window whose procedure never returns from WM_USER; waits until it is there.</summary>
    public nint Window => _window.Task.Result;

    /// <summary>Hangs.</summary>
    protected abstract void Hang();

    protected override void Run()
    {
        _procedure = Procedure;
        var windowClass = new WindowClass(Name, (delegate* unmanaged<nint, uint, nint, nint, nint>)Marshal.GetFunctionPointerForDelegate(_procedure));
        _window.SetResult(windowClass.CreateWindow());
        User32.MSG message;
        while (User32.GetMessageW(&message, 0, 0, 0) > 0)
            User32.DispatchMessageW(&message);
    }

    private nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        if (message == User32.WM_USER)
            Hang();
        return User32.DefWindowProcW(window, message, wParam, lParam);
    }
}
