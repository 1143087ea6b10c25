namespace KCallbacks.DbgEng;

/// <summary>What happens to the processes of a session that ends (<c>DEBUG_END_*</c>).</summary>
public enum SessionEnd : uint
{
    /// <summary>Nothing is done to them.</summary>
    Passive = 0,

    /// <summary>They are terminated.</summary>
    Terminate = 1,

    /// <summary>They go on without the debugger.</summary>
    Detach = 2,

    /// <summary>The session goes on without this client, which had joined it from another process.</summary>
    Disconnect = 4,
}
