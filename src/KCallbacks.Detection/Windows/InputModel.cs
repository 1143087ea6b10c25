namespace KCallbacks.Detection.Windows;

/// <summary>How wide the fields of a callback's input data are.</summary>
internal enum InputModel
{
    /// <summary>x64 and ARM64, also the 64-bit half of a WoW64 thread.</summary>
    Bits64,

    /// <summary>The 32-bit half of a WoW64 thread: the window's pointer keeps the 8 bytes that it has in the 64-bit kernel.</summary>
    Wow64,

    /// <summary>32-bit Windows.</summary>
    Bits32,
}
