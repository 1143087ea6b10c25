namespace KCallbacks.DbgEng;

/// <summary>How far an interrupt goes (<c>DEBUG_INTERRUPT_*</c>).</summary>
public enum InterruptKind : uint
{
    /// <summary>Breaks into a running target, or stops a running command.</summary>
    Active = 0,

    /// <summary>Only registers the request; does not break in.</summary>
    Passive = 1,

    /// <summary>Ends a wait without waiting for the target.</summary>
    Exit = 2,
}
