using System.Runtime.InteropServices;

namespace HangingWindows;

/// <summary>Functions and structures of <c>winuser.h</c>.</summary>
internal static unsafe partial class User32
{
    public const uint WM_NCCREATE = 0x0081;
    public const uint WM_USER = 0x0400;
    public const int WH_GETMESSAGE = 3;
    public const int WH_CBT = 5;
    public const uint PM_REMOVE = 1;

    /// <summary>Parent of windows that need no display.</summary>
    public static readonly nint HWND_MESSAGE = -3;

    [StructLayout(LayoutKind.Sequential)]
    public struct WNDCLASSEXW
    {
        public uint Size;
        public uint Style;
        public delegate* unmanaged<nint, uint, nint, nint, nint> Procedure;
        public int ClassExtra;
        public int WindowExtra;
        public nint Instance;
        public nint Icon;
        public nint Cursor;
        public nint Background;
        public char* MenuName;
        public char* ClassName;
        public nint SmallIcon;
    }

    /// <summary>What WM_NCCREATE's second argument points to; only its first member.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct CREATESTRUCTW
    {
        public nint CreateParameter;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MSG
    {
        public nint Window;
        public uint Message;
        public nint WParam;
        public nint LParam;
        public uint Time;
        public int X;
        public int Y;
    }

    [LibraryImport("user32")]
    public static partial ushort RegisterClassExW(WNDCLASSEXW* windowClass);

    [LibraryImport("user32", SetLastError = true)]
    public static partial nint CreateWindowExW(
        uint extendedStyle, char* className, char* name, uint style, int x, int y, int width, int height,
        nint parent, nint menu, nint instance, nint createParameter);

    [LibraryImport("user32")]
    public static partial nint DefWindowProcW(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport("user32")]
    public static partial nint SendMessageW(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport("user32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PostThreadMessageW(uint threadId, uint message, nint wParam, nint lParam);

    [LibraryImport("user32")]
    public static partial int GetMessageW(MSG* message, nint window, uint first, uint last);

    [LibraryImport("user32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PeekMessageW(MSG* message, nint window, uint first, uint last, uint remove);

    [LibraryImport("user32")]
    public static partial nint DispatchMessageW(MSG* message);

    [LibraryImport("user32", SetLastError = true)]
    public static partial nint SetWindowsHookExW(int kind, delegate* unmanaged<int, nint, nint, nint> procedure, nint module, uint threadId);

    [LibraryImport("user32")]
    public static partial nint CallNextHookEx(nint hook, int code, nint wParam, nint lParam);

    [LibraryImport("user32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool EnumDisplayMonitors(nint deviceContext, nint clip, delegate* unmanaged<nint, nint, nint, nint, int> procedure, nint argument);
}
