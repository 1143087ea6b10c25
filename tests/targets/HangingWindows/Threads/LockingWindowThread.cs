using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HangingWindows.Threads;

/// <summary>Waits for messages; its window procedure enters a critical section that the sender of the message owns, and so never returns.</summary>
internal sealed unsafe class LockingWindowThread() : StandingThread("deadlock-window", 1)
{
    /// <summary>The message whose procedure enters the section.</summary>
    public const uint EnterSection = User32.WM_USER + 1;

    [ThreadStatic]
    private static LockingWindowThread? s_current;
    private readonly TaskCompletionSource<nint> _window = new();

    /// <summary>The section that the sender owns.</summary>
    public CriticalSection Section { get; } = new();

    /// <summary>The window; waits until it is there.</summary>
    public nint Window => _window.Task.Result;

    protected override void Run()
    {
        s_current = this;
        _window.SetResult(CreateWindow());
        User32.MSG message;
        while (User32.GetMessageW(&message, 0, 0, 0) > 0)
            User32.DispatchMessageW(&message);
    }

    /// <summary>Creates the window further down the stack, so that what its callbacks leave behind lies below all that the thread uses later.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint CreateWindow()
    {
        byte* below = stackalloc byte[0x4000];
        *below = 0;
        return new WindowClass("LockingWindow", &Procedure).CreateWindow();
    }

    [UnmanagedCallersOnly]
    private static nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        if (message != EnterSection)
            return User32.DefWindowProcW(window, message, wParam, lParam);
        s_current!.Arrive();
        s_current.Section.Enter();
        return 0;
    }
}
