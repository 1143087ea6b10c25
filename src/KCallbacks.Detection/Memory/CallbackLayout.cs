namespace KCallbacks.Detection.Memory;

/// <summary>The forms in which a callback frame lies on a user stack.</summary>
public enum CallbackLayout
{
    /// <summary>x64 Windows 7 to 11.</summary>
    X64,

    /// <summary>x86 up to XP and 2003: no exception record, no outer stack pointer.</summary>
    X86Xp,

    /// <summary>x86 Vista to 8.1: with the exception record of <c>KiUserCallbackExceptionHandler</c>.</summary>
    X86Vista,

    /// <summary>x86 Windows 10 and later: exception record and outer stack pointer.</summary>
    X86Windows10,

    /// <summary>ARM64, by Microsoft's ksarm64.h; never seen in a dump that Windows wrote.</summary>
    Arm64,

    /// <summary>x64 under Wine 8, whose dispatcher is an ordinary function of its own.</summary>
    WineX64,
}
