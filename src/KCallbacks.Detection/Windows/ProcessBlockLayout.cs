namespace KCallbacks.Detection.Windows;

/// <summary>Fields of the PEB of a 64-bit process, the same in every build from XP to Windows 11 (public symbols of ntdll).</summary>
internal static class ProcessBlockLayout
{
    /// <summary><c>KernelCallbackTable</c>, which is <c>user32!apfnDispatch</c>; 0 until user32 is loaded.</summary>
    public const ulong KernelCallbackTable = 0x58;
}
