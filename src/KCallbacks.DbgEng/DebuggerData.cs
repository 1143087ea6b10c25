namespace KCallbacks.DbgEng;

/// <summary>Addresses and offsets that the engine keeps of the kernel (<c>DEBUG_DATA_*</c>).</summary>
public enum DebuggerData
{
    /// <summary>Load address of the kernel.</summary>
    KernBase = 24,

    /// <summary>Where <c>nt!KiCallUserMode</c> starts.</summary>
    KiCallUserModeAddr = 56,

    /// <summary>Head of the list of processes.</summary>
    PsActiveProcessHeadAddr = 80,

    /// <summary>Where the kernel keeps the time between two clock interrupts, in units of 100 nanoseconds.</summary>
    KeTimeIncrementAddr = 120,

    /// <summary>Bytes from the start of a KTHREAD to its TEB's address.</summary>
    OffsetKThreadTeb = 666,

    /// <summary>Bytes from the start of an EPROCESS to its PEB's address.</summary>
    OffsetEprocessPeb = 682,

    /// <summary>Bytes from the start of an EPROCESS to the physical address of its page directory.</summary>
    OffsetEprocessDirectoryTableBase = 686,
}
