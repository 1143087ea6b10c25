namespace KCallbacks.Detection.Windows;

/// <summary>
/// What a debugger calls the reason of a capture, as far as callbacks have to do with it (<c>ntstatus.h</c>; that of a hang is the one that
/// <c>!analyze</c> and error reports use).
/// </summary>
public static class FailureCodes
{
    /// <summary>
    /// <c>STATUS_FATAL_USER_CALLBACK_EXCEPTION</c>: an exception was about to leave a callback. Its record is made of that exception's: it has its
    /// address and leads to it.
    /// </summary>
    public const uint FatalUserCallback = 0xc000_041d;

    /// <summary><c>APPLICATION_HANG</c>: the dump was made because the program did not answer.</summary>
    public const uint ApplicationHang = 0xcfff_ffff;

    /// <summary><c>STATUS_BREAKPOINT</c>: nothing failed, a debugger stopped the program.</summary>
    public const uint Breakpoint = 0x8000_0003;

    /// <summary><c>STATUS_WAKE_SYSTEM_DEBUGGER</c>: the same.</summary>
    public const uint WakeDebugger = 0x8000_0007;
}
