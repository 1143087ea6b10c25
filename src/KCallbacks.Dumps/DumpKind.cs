namespace KCallbacks.Dumps;

/// <summary>What a file is by its first bytes.</summary>
public enum DumpKind
{
    /// <summary>No dump.</summary>
    None,

    /// <summary>A minidump of a process, small or full.</summary>
    Minidump,

    /// <summary>A dump of the kernel, which only the debug engine can read.</summary>
    Kernel,
}
