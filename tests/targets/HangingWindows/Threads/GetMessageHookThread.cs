using System.ComponentModel;
using System.Runtime.InteropServices;

namespace HangingWindows.Threads;

/// <summary>Hangs in its own WH_GETMESSAGE hook while it fetches a message.</summary>
internal sealed unsafe class GetMessageHookThread() : StandingThread("getmessage-hook", 1)
{
    [ThreadStatic]
    private static GetMessageHookThread? s_current;

    protected override void Run()
    {
        s_current = this;
        uint thread = Kernel32.GetCurrentThreadId();
        if (User32.SetWindowsHookExW(User32.WH_GETMESSAGE, &Hook, 0, thread) == 0)
            throw new Win32Exception();
        User32.MSG message;
        User32.PeekMessageW(&message, 0, 0, 0, 0);
        User32.PostThreadMessageW(thread, User32.WM_USER, 0, 0);
        User32.PeekMessageW(&message, 0, 0, 0, User32.PM_REMOVE);
    }

    [UnmanagedCallersOnly]
    private static nint Hook(int code, nint wParam, nint lParam)
    {
        s_current!.Stand();
        return User32.CallNextHookEx(0, code, wParam, lParam);
    }
}
