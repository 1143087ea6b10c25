namespace KCallbacks.Reports;

/// <summary>What a report was made from.</summary>
public enum SourceKind
{
    /// <summary>Stacks that a debugger or another tool printed.</summary>
    Text,

    /// <summary>Our own lossless recording.</summary>
    Recording,

    /// <summary>A minidump read without a debugger.</summary>
    Dump,

    /// <summary>A session of the debug engine.</summary>
    Engine,

    /// <summary>Nothing that could be opened.</summary>
    Unknown,
}
