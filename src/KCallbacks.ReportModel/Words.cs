using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>Whether a thread is in a callback.</summary>
[JsonConverter(typeof(WordConverter<ReportedVerdict>))]
public enum ReportedVerdict
{
    /// <summary>It could not be judged, or the word is of a later version.</summary>
    Unknown,

    /// <summary>In none.</summary>
    None,

    /// <summary>In one.</summary>
    InCallback,

    /// <summary>At the return of one.</summary>
    AtReturn,
}

/// <summary>How much evidence carries.</summary>
[JsonConverter(typeof(WordConverter<ReportedConfidence>))]
public enum ReportedConfidence
{
    /// <summary>A word of a later version.</summary>
    Unknown,

    /// <summary>Little.</summary>
    Low,

    /// <summary>Some.</summary>
    Medium,

    /// <summary>Enough.</summary>
    High,
}

/// <summary>How sure a wait and its owner are.</summary>
[JsonConverter(typeof(WordConverter<ReportedProof>))]
public enum ReportedProof
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>One link is inferred.</summary>
    Likely,

    /// <summary>Object and owner were read and agree.</summary>
    Certain,
}

/// <summary>The state of a target.</summary>
[JsonConverter(typeof(WordConverter<ReportedState>))]
public enum ReportedState
{
    /// <summary>A word of a later version.</summary>
    Unknown,

    /// <summary>Nothing worse was seen, but not all was seen.</summary>
    Unclear,

    /// <summary>Every UI thread waits for messages.</summary>
    Idle,

    /// <summary>A UI thread runs code.</summary>
    Busy,

    /// <summary>A UI thread, or a thread in a callback, waits for something other than messages.</summary>
    Blocked,

    /// <summary>It waits so in two captures.</summary>
    Stuck,

    /// <summary>Threads wait for each other in a circle.</summary>
    Deadlock,
}
