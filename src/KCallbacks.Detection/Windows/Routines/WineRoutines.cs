namespace KCallbacks.Detection.Windows.Routines;

/// <summary>
/// The routines of Wine 8.0, which numbers its callbacks in its own way: the 19 entries of its user32's table, named by that
/// DLL's own symbols.
/// </summary>
internal static class WineRoutines
{
    public static readonly RoutineTable Wine8 = RoutineTable.Parse(0, int.MaxValue, Names);

    private const string Names = """
        User32CallEnumDisplayMonitor User32CallSendAsyncCallback User32CallWinEventHook User32CallWindowProc
        User32CallWindowsHook User32CopyImage User32DrawNonClientButton User32DrawScrollBar
        User32DrawText User32FreeCachedClipboardData User32ImmProcessKey User32ImmTranslateMessage
        User32InitBuiltinClasses User32LoadDriver User32LoadImage User32LoadSysMenu
        User32PostDDEMessage User32RenderSsynthesizedFormat User32UnpackDDEMessage
        """;
}
