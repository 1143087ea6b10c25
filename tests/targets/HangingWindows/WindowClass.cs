using System.ComponentModel;

namespace HangingWindows;

/// <summary>A window class; its windows are message-only ones.</summary>
internal sealed unsafe class WindowClass
{
    private readonly string _name;

    public WindowClass(string name, delegate* unmanaged<nint, uint, nint, nint, nint> procedure)
    {
        _name = name;
        fixed (char* className = name)
        {
            var windowClass = new User32.WNDCLASSEXW { Size = (uint)sizeof(User32.WNDCLASSEXW), Procedure = procedure, ClassName = className };
            if (User32.RegisterClassExW(&windowClass) == 0)
                throw new Win32Exception();
        }
    }

    /// <summary>Creates a window; its procedure gets <paramref name="parameter"/> with WM_NCCREATE.</summary>
    public nint CreateWindow(nint parameter = 0)
    {
        fixed (char* className = _name)
        {
            nint window = User32.CreateWindowExW(0, className, null, 0, 0, 0, 0, 0, User32.HWND_MESSAGE, 0, 0, parameter);
            return window != 0 ? window : throw new Win32Exception();
        }
    }
}
