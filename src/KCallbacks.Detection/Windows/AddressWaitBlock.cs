namespace KCallbacks.Detection.Windows;

/// <summary>
/// The block that <c>RtlWaitOnAddress</c> keeps on the waiting thread's stack; read from ntdll 19041 and 26100, and there on 113 of
/// 123 waiting threads of real dumps. Critical sections wait by it too; slim locks and condition variables have blocks of their own.
/// </summary>
internal static class AddressWaitBlock
{
    /// <summary>Offset of the address waited on.</summary>
    public const uint Address = 0x0;

    /// <summary>Offset of the thread's system id.</summary>
    public const uint ThreadId = 0x8;

    /// <summary>Offset of the state.</summary>
    public const uint State = 0x28;

    /// <summary>The state while the thread is blocked.</summary>
    public const uint Blocked = 0;

    /// <summary>Bytes that are looked at.</summary>
    public const uint Size = 0x2c;

    /// <summary>The block lies in the frames of ntdll directly above the system call.</summary>
    public const ulong Reach = 0x200;
}
