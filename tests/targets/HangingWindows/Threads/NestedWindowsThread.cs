using System.Runtime.InteropServices;

namespace HangingWindows.Threads;

/// <summary>Creates a window inside the procedure of a window that is being created, and so on; hangs in the innermost.</summary>
internal sealed unsafe class NestedWindowsThread(int depth) : StandingThread($"nested-{depth}", depth)
{
    [ThreadStatic]
    private static NestedWindowsThread? s_current;
    private static readonly WindowClass Class = new("Nested", &Procedure);

    protected override void Run()
    {
        s_current = this;
        Class.CreateWindow(ExpectedDepth);
    }

    [UnmanagedCallersOnly]
    private static nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        if (message == User32.WM_NCCREATE)
        {
            nint remaining = ((User32.CREATESTRUCTW*)lParam)->CreateParameter;
            if (remaining == 1)
                s_current!.Stand();
            Class.CreateWindow(remaining - 1);
        }
        return User32.DefWindowProcW(window, message, wParam, lParam);
    }
}
