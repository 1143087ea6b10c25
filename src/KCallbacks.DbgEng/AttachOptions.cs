namespace KCallbacks.DbgEng;

/// <summary>How to attach (<c>DEBUG_ATTACH_*</c>).</summary>
[Flags]
public enum AttachOptions : uint
{
    /// <summary>As a debugger, with a break-in thread.</summary>
    Default = 0,

    /// <summary>Suspended and read only.</summary>
    NonInvasive = 1,

    /// <summary>Read only, without suspending.</summary>
    NonInvasiveNoSuspend = 4,
}
