namespace KCallbacks.Recordings;

/// <summary>What a recording is written in.</summary>
public enum RecordingFormat
{
    /// <summary>Found out from the first bytes.</summary>
    Auto,

    /// <summary>Stacks as a debugger, profiler or crash reporter prints them.</summary>
    Text,

    /// <summary>The lossless recording that <c>!kcallbacks -record</c> writes.</summary>
    Recording,
}
