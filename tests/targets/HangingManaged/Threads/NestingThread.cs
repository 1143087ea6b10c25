using System.Runtime.InteropServices;
using HangingWindows;

namespace HangingManaged.Threads;

/// <summary>Creates a window while it handles a message, and hangs in the procedure of that one.</summary>
internal sealed unsafe class NestingThread() : ReceivingThread("nester", 2)
{
    [ThreadStatic]
    private static NestingThread? s_current;

    protected override void Hang()
    {
        s_current = this;
        new WindowClass("Inner", &InnerProcedure).CreateWindow();
    }

    [UnmanagedCallersOnly]
    private static nint InnerProcedure(nint window, uint message, nint wParam, nint lParam)
    {
        if (message == User32.WM_NCCREATE)
            s_current!.Stand();
        return User32.DefWindowProcW(window, message, wParam, lParam);
    }
}
