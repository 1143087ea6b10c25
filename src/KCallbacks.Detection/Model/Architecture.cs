namespace KCallbacks.Detection.Model;

/// <summary>The processor architecture whose code a thread runs.</summary>
public enum Architecture
{
    /// <summary>Not known; rules that hold on every architecture apply.</summary>
    Unknown,

    /// <summary>32-bit x86, native or the emulated half of a WoW64 thread.</summary>
    X86,

    /// <summary>64-bit x64.</summary>
    X64,

    /// <summary>32-bit ARM.</summary>
    Arm32,

    /// <summary>64-bit ARM.</summary>
    Arm64,
}
