using System.Runtime.InteropServices;
using HangingWindows;

namespace HangingDesktop.Forms;

/// <summary>Sleeps in a hook that sees each message its thread takes.</summary>
internal sealed partial class HookingForm : HangingForm
{
    private const int WH_GETMESSAGE = 3;

    private readonly HookProcedure _procedure;
    private bool _isHung;

    public HookingForm()
    {
        _procedure = OnHook;
        SetWindowsHookExW(WH_GETMESSAGE, Marshal.GetFunctionPointerForDelegate(_procedure), 0, Kernel32.GetCurrentThreadId());
    }

    private delegate nint HookProcedure(int code, nint wParam, nint lParam);

    private nint OnHook(int code, nint wParam, nint lParam)
    {
        if (!_isHung)
        {
            _isHung = true;
            Arrive();
            Thread.Sleep(Timeout.Infinite);
        }

        return CallNextHookEx(0, code, wParam, lParam);
    }

    [LibraryImport("user32")]
    private static partial nint SetWindowsHookExW(int kind, nint procedure, nint module, uint thread);

    [LibraryImport("user32")]
    private static partial nint CallNextHookEx(nint hook, int code, nint wParam, nint lParam);
}
