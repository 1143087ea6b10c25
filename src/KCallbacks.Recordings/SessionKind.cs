namespace KCallbacks.Recordings;

/// <summary>The kind of debugger session a recording was made in.</summary>
public enum SessionKind
{
    /// <summary>A user-mode debugger, profiler or crash reporter.</summary>
    User,

    /// <summary>A kernel debugger or a tool that prints kernel frames.</summary>
    Kernel,
}
