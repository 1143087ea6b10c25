using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>The function of user32 that calls a window procedure: (procedure, window, message, wParam, lParam) on the stack of x86 code.</summary>
internal static class WindowProcedureCall
{
    /// <summary>Its name.</summary>
    public const string Name = "InternalCallWinProc";

    /// <summary>Whether a function is the one.</summary>
    public static bool Is(FunctionName name) => name.Is(Name);
}
