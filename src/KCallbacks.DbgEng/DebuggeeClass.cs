namespace KCallbacks.DbgEng;

/// <summary>Kind of a session (<c>DEBUG_CLASS_*</c>).</summary>
public enum DebuggeeClass : uint
{
    /// <summary>There is no session.</summary>
    Uninitialized = 0,

    /// <summary>A kernel.</summary>
    Kernel = 1,

    /// <summary>A user-mode process.</summary>
    UserWindows = 2,

    /// <summary>A program file that does not run.</summary>
    ImageFile = 3,
}
