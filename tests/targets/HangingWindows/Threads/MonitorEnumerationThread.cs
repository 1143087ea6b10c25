using System.Runtime.InteropServices;

namespace HangingWindows.Threads;

/// <summary>Hangs in the function that EnumDisplayMonitors calls for each monitor.</summary>
internal sealed unsafe class MonitorEnumerationThread() : StandingThread("enum-monitors", 1)
{
    [ThreadStatic]
    private static MonitorEnumerationThread? s_current;

    protected override void Run()
    {
        s_current = this;
        User32.EnumDisplayMonitors(0, 0, &Procedure, 0);
    }

    [UnmanagedCallersOnly]
    private static int Procedure(nint monitor, nint deviceContext, nint rectangle, nint argument)
    {
        s_current!.Stand();
        return 0;
    }
}
