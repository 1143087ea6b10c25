namespace KCallbacks.DbgEng;

/// <summary>Options of the engine (<c>DEBUG_ENGOPT_*</c>).</summary>
[Flags]
public enum EngineOptions : uint
{
    /// <summary>No option.</summary>
    None = 0,

    /// <summary>Stop at a new process's first event. Without it a wait for a live process looks like a hang.</summary>
    InitialBreak = 0x20,

    /// <summary>No shell commands (<c>.noshell</c>). Secure mode has none either, but does not set this.</summary>
    DisallowShellCommands = 0x1000,
}
