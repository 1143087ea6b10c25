namespace KCallbacks.Detection.Windows;

/// <summary>
/// The structures of ntddk.h and winternl.h in <see cref="HandleRecord"/>s, in dumps of 64-bit and of 32-bit writers. Read from dumps of
/// 14393 and 17763, and through the debug engine.
/// </summary>
/// <param name="PointerSize">Bytes of a pointer of the program that wrote them.</param>
internal readonly record struct HandleRecordLayout(int PointerSize)
{
    /// <summary>Bytes of the largest.</summary>
    public const int Largest = 0x40;

    /// <summary>Offset of Abandoned in MUTANT_BASIC_INFORMATION, after CurrentCount and OwnedByCaller.</summary>
    public const int MutexIsAbandoned = 5;

    /// <summary>Bytes of MUTANT_BASIC_INFORMATION.</summary>
    public const int MutexStateSize = 8;

    /// <summary>Offset of the process id in THREAD_BASIC_INFORMATION; the thread's own id follows.</summary>
    public int ProcessOfThread => 2 * PointerSize;

    /// <summary>Bytes of THREAD_BASIC_INFORMATION.</summary>
    public int ThreadSize => (5 * PointerSize) + 8;

    /// <summary>Bytes of MUTANT_OWNER_INFORMATION: process id and thread id.</summary>
    public int MutexOwnerSize => 2 * PointerSize;

    /// <summary>Offset of the process's id in PROCESS_BASIC_INFORMATION.</summary>
    public int ProcessId => 4 * PointerSize;

    /// <summary>Bytes of PROCESS_BASIC_INFORMATION.</summary>
    public int ProcessSize => 6 * PointerSize;
}
