using System.Globalization;

namespace KCallbacks.Detection.Windows;

/// <summary>The public names of hooks and what they are called for, as winuser.h has them.</summary>
internal static class HookNames
{
    /// <summary><c>WH_MSGFILTER</c>.</summary>
    public const int MessageFilter = -1;

    /// <summary><c>WH_KEYBOARD</c>.</summary>
    public const int Keyboard = 2;

    /// <summary><c>WH_GETMESSAGE</c>.</summary>
    public const int GetMessage = 3;

    /// <summary><c>WH_SYSMSGFILTER</c>.</summary>
    public const int SystemMessageFilter = 6;

    /// <summary><c>WH_MOUSE</c>.</summary>
    public const int Mouse = 7;

    /// <summary><c>WH_KEYBOARD_LL</c>.</summary>
    public const int LowLevelKeyboard = 13;

    /// <summary><c>WH_MOUSE_LL</c>.</summary>
    public const int LowLevelMouse = 14;

    private const int Cbt = 5;
    private const int Shell = 10;

    /// <summary>Name of a hook's type; null for a number that is none.</summary>
    public static string? OfType(int type) => type switch
    {
        MessageFilter => "WH_MSGFILTER",
        0 => "WH_JOURNALRECORD",
        1 => "WH_JOURNALPLAYBACK",
        Keyboard => "WH_KEYBOARD",
        GetMessage => "WH_GETMESSAGE",
        4 => "WH_CALLWNDPROC",
        Cbt => "WH_CBT",
        SystemMessageFilter => "WH_SYSMSGFILTER",
        Mouse => "WH_MOUSE",
        8 => "WH_HARDWARE",
        9 => "WH_DEBUG",
        Shell => "WH_SHELL",
        11 => "WH_FOREGROUNDIDLE",
        12 => "WH_CALLWNDPROCRET",
        LowLevelKeyboard => "WH_KEYBOARD_LL",
        LowLevelMouse => "WH_MOUSE_LL",
        _ => null,
    };

    /// <summary>Name of what a hook is called for, or its code in hexadecimal.</summary>
    /// <param name="type">The hook's type.</param>
    /// <param name="code">The code.</param>
    public static string OfCode(int type, int code) => (type switch
    {
        Cbt => OfCbt(code),
        Shell => OfShell(code),
        MessageFilter or SystemMessageFilter => OfMessageFilter(code),
        _ => OfAction(code),
    }) ?? string.Create(CultureInfo.InvariantCulture, $"code 0x{(ushort)code:x}");

    private static string? OfAction(int code) => code switch
    {
        0 => "HC_ACTION",
        1 => "HC_GETNEXT",
        2 => "HC_SKIP",
        3 => "HC_NOREMOVE",
        4 => "HC_SYSMODALON",
        5 => "HC_SYSMODALOFF",
        _ => null,
    };

    private static string? OfCbt(int code) => code switch
    {
        0 => "HCBT_MOVESIZE",
        1 => "HCBT_MINMAX",
        2 => "HCBT_QS",
        3 => "HCBT_CREATEWND",
        4 => "HCBT_DESTROYWND",
        5 => "HCBT_ACTIVATE",
        6 => "HCBT_CLICKSKIPPED",
        7 => "HCBT_KEYSKIPPED",
        8 => "HCBT_SYSCOMMAND",
        9 => "HCBT_SETFOCUS",
        _ => null,
    };

    private static string? OfShell(int code) => code switch
    {
        1 => "HSHELL_WINDOWCREATED",
        2 => "HSHELL_WINDOWDESTROYED",
        3 => "HSHELL_ACTIVATESHELLWINDOW",
        4 => "HSHELL_WINDOWACTIVATED",
        5 => "HSHELL_GETMINRECT",
        6 => "HSHELL_REDRAW",
        7 => "HSHELL_TASKMAN",
        8 => "HSHELL_LANGUAGE",
        9 => "HSHELL_SYSMENU",
        10 => "HSHELL_ENDTASK",
        11 => "HSHELL_ACCESSIBILITYSTATE",
        12 => "HSHELL_APPCOMMAND",
        13 => "HSHELL_WINDOWREPLACED",
        14 => "HSHELL_WINDOWREPLACING",
        16 => "HSHELL_MONITORCHANGED",
        _ => null,
    };

    private static string? OfMessageFilter(int code) => code switch
    {
        0 => "MSGF_DIALOGBOX",
        1 => "MSGF_MESSAGEBOX",
        2 => "MSGF_MENU",
        5 => "MSGF_SCROLLBAR",
        6 => "MSGF_NEXTWINDOW",
        0x1001 => "MSGF_COMMCTRL_BEGINDRAG",
        0x1002 => "MSGF_COMMCTRL_SIZEHEADER",
        0x1003 => "MSGF_COMMCTRL_DRAGSELECT",
        0x1004 => "MSGF_COMMCTRL_TOOLBARCUST",
        _ => null,
    };
}
