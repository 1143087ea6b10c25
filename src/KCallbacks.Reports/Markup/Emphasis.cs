namespace KCallbacks.Reports.Markup;

/// <summary>How a run of text stands out where the output has colours; text without colours says the same in words.</summary>
public enum Emphasis
{
    /// <summary>As everything else.</summary>
    Normal,

    /// <summary>The one thing to read first.</summary>
    Strong,

    /// <summary>Something is wrong or missing.</summary>
    Warning,

    /// <summary>Said for completeness.</summary>
    Subdued,
}
