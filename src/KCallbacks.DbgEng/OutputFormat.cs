namespace KCallbacks.DbgEng;

/// <summary>What a client wants of DML output (<c>DEBUG_OUTCBI_*</c>).</summary>
[Flags]
public enum OutputFormat : uint
{
    /// <summary>Plain text; the engine strips tags.</summary>
    Text = 2,

    /// <summary>DML as it was printed.</summary>
    Dml = 4,
}
