using System.ComponentModel;
using System.Runtime.InteropServices;

namespace HangingWindows.Threads;

/// <summary>Hangs in its own WH_CBT hook while it creates a window.</summary>
internal sealed unsafe class CbtHookThread() : StandingThread("cbt-hook", 1)
{
    [ThreadStatic]
    private static CbtHookThread? s_current;

    protected override void Run()
    {
        s_current = this;
        if (User32.SetWindowsHookExW(User32.WH_CBT, &Hook, 0, Kernel32.GetCurrentThreadId()) == 0)
            throw new Win32Exception();
        new WindowClass("CbtHook", &Procedure).CreateWindow();
    }

    [UnmanagedCallersOnly]
    private static nint Hook(int code, nint wParam, nint lParam)
    {
        s_current!.Stand();
        return User32.CallNextHookEx(0, code, wParam, lParam);
    }

    [UnmanagedCallersOnly]
    private static nint Procedure(nint window, uint message, nint wParam, nint lParam) =>
        User32.DefWindowProcW(window, message, wParam, lParam);
}
