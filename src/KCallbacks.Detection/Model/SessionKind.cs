namespace KCallbacks.Detection.Model;

/// <summary>The side of the kernel's border from which stacks were taken.</summary>
public enum SessionKind
{
    /// <summary>A user-mode debugger, profiler or crash reporter: one process.</summary>
    User,

    /// <summary>A kernel debugger, or a tool that prints kernel frames.</summary>
    Kernel,
}
