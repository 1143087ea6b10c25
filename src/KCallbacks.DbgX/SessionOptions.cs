namespace KCallbacks.DbgX;

/// <summary>How a session is opened.</summary>
public sealed record SessionOptions
{
    /// <summary>Path of <c>kcallbacks.dll</c>. DbgX brings no extensions: it is loaded from where it was unpacked or installed.</summary>
    public required string Extension { get; init; }

    /// <summary>Where symbols are looked for, as the debugger's <c>.sympath</c> has it; null for the target's own folder.</summary>
    public string? SymbolPath { get; init; }

    /// <summary>Whether the debugger may ask what the environment names as symbol path. A server that does not answer takes minutes.</summary>
    public bool UsesSymbolPathOfEnvironment { get; init; }

    /// <summary>Whether the engine runs nothing that reaches beyond the target (<c>.secure</c>).</summary>
    public bool IsSecure { get; init; }

    /// <summary>How long the engine has to end when the session is disposed.</summary>
    public TimeSpan ShutdownLimit { get; init; } = TimeSpan.FromSeconds(5);
}
