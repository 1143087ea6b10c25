namespace KCallbacks.DbgX;

/// <summary>How far a session is, and what the debugger says meanwhile.</summary>
/// <param name="Step">What is done now.</param>
/// <param name="Output">What the debugger printed, as it printed it; null where a step begins.</param>
public sealed record SessionProgress(SessionStep Step, string? Output);

/// <summary>Steps of a session, in their order.</summary>
public enum SessionStep
{
    /// <summary>The debugger opens the dump or starts the program.</summary>
    OpeningTarget,

    /// <summary>The extension is loaded.</summary>
    LoadingExtension,

    /// <summary>The session is open.</summary>
    Ready,

    /// <summary>Threads are scanned.</summary>
    Scanning,
}
