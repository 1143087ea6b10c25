namespace KCallbacks.Detection.Windows;

/// <summary>What a dump records of a handle beside type and name (<c>MINIDUMP_HANDLE_OBJECT_INFORMATION_TYPE</c> of minidumpapiset.h), as far as waits need it.</summary>
public enum HandleRecord : uint
{
    /// <summary>None, or one that is not needed.</summary>
    None = 0,

    /// <summary>A thread: THREAD_BASIC_INFORMATION.</summary>
    Thread = 1,

    /// <summary>A mutex: MUTANT_BASIC_INFORMATION.</summary>
    MutexState = 2,

    /// <summary>A mutex: MUTANT_OWNER_INFORMATION, which is a CLIENT_ID.</summary>
    MutexOwner = 3,

    /// <summary>A process: PROCESS_BASIC_INFORMATION.</summary>
    Process = 5,
}
