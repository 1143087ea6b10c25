namespace KCallbacks.Detection.Model;

/// <summary>What a callback is for, by its routine.</summary>
public enum CallbackPurpose
{
    /// <summary>Another routine, or none is known.</summary>
    Other,

    /// <summary>A window procedure gets a message.</summary>
    Message,

    /// <summary>A hook procedure is called.</summary>
    Hook,

    /// <summary>A library is loaded, mostly a hook's.</summary>
    LibraryLoad,

    /// <summary>A procedure for WinEvents is called.</summary>
    WinEvent,

    /// <summary>A procedure gets one display monitor after the other.</summary>
    MonitorEnumeration,

    /// <summary>The thread makes its first call of the window manager.</summary>
    ThreadSetup,

    /// <summary>A printer driver runs in user mode.</summary>
    PrintDriver,

    /// <summary>An input method is asked.</summary>
    InputMethod,

    /// <summary>Dynamic data exchange copies its data.</summary>
    Dde,

    /// <summary>Memory for a window of a class with extra bytes is taken or freed.</summary>
    ClassExtraBytes,
}
