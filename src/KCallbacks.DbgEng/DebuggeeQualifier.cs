namespace KCallbacks.DbgEng;

/// <summary>Kind of a target within its session's kind (<c>DEBUG_USER_WINDOWS_*</c>, <c>DEBUG_KERNEL_*</c>, <c>DEBUG_DUMP_*</c>).</summary>
public enum DebuggeeQualifier : uint
{
    /// <summary>A live process of this machine, or a kernel over a connection.</summary>
    Live = 0,

    /// <summary>A process on a process server, or the kernel of this machine.</summary>
    ServerOrLocal = 1,

    /// <summary>A minidump or a triage dump.</summary>
    SmallDump = 1024,

    /// <summary>A dump with memory.</summary>
    Dump = 1025,

    /// <summary>A dump with all memory.</summary>
    FullDump = 1026,
}
