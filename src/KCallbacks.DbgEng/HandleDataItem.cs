namespace KCallbacks.DbgEng;

/// <summary>What <c>IDebugDataSpaces2::ReadHandleData</c> tells of a handle (<c>DEBUG_HANDLE_DATA_TYPE_*</c>), as far as it is asked here.</summary>
public enum HandleDataItem : uint
{
    /// <summary>The type's name, UTF-16.</summary>
    TypeName = 4,

    /// <summary>The object's name, UTF-16.</summary>
    ObjectName = 5,

    /// <summary>THREAD_BASIC_INFORMATION of a thread.</summary>
    Thread = 6,

    /// <summary>MUTANT_BASIC_INFORMATION of a mutex.</summary>
    MutexState = 7,

    /// <summary>MUTANT_OWNER_INFORMATION of a mutex.</summary>
    MutexOwner = 8,

    /// <summary>PROCESS_BASIC_INFORMATION of a process.</summary>
    Process = 12,
}
