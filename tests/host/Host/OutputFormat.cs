namespace KCallbacks.EngineHost;

/// <summary>What a client wants to be given; the engine converts. DEBUG_OUTCBI_* of <c>dbgeng.h</c>.</summary>
internal enum OutputFormat : uint
{
    /// <summary>DEBUG_OUTCBI_TEXT: markup is stripped.</summary>
    Text = 2,

    /// <summary>DEBUG_OUTCBI_DML: plain text is escaped.</summary>
    Markup = 4,
}
