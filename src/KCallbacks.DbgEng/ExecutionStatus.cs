namespace KCallbacks.DbgEng;

/// <summary>What the target does (<c>DEBUG_STATUS_*</c>).</summary>
public enum ExecutionStatus : uint
{
    /// <summary>It runs.</summary>
    Go = 1,

    /// <summary>It runs; the event was handled.</summary>
    GoHandled = 2,

    /// <summary>It runs; the event was not handled.</summary>
    GoNotHandled = 3,

    /// <summary>It steps over.</summary>
    StepOver = 4,

    /// <summary>It steps into.</summary>
    StepInto = 5,

    /// <summary>It stands.</summary>
    Break = 6,

    /// <summary>There is none.</summary>
    NoDebuggee = 7,
}
