namespace KCallbacks.Detection.Model;

/// <summary>How much the evidence carries.</summary>
public enum Confidence
{
    /// <summary>A name without displacement, a single witness, or contradicting witnesses.</summary>
    Low,

    /// <summary>Export names at a known return displacement, or memory whose structure holds but was not confirmed.</summary>
    Medium,

    /// <summary>Symbol names, or a callback frame verified in memory.</summary>
    High,
}
