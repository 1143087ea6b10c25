namespace KCallbacks.Reports;

/// <summary>The side of the kernel border a session sees.</summary>
public enum SessionKind
{
    /// <summary>One process in user mode.</summary>
    User,

    /// <summary>The whole machine from the kernel.</summary>
    Kernel,
}
