namespace KCallbacks.DbgEng;

/// <summary>Kind of output (<c>DEBUG_OUTPUT_*</c>).</summary>
[Flags]
public enum OutputMask : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Ordinary output.</summary>
    Normal = 1,

    /// <summary>An error.</summary>
    Error = 2,

    /// <summary>A warning.</summary>
    Warning = 4,

    /// <summary>Details.</summary>
    Verbose = 8,
}
