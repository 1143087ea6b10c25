namespace KCallbacks.Detection.Model;

/// <summary>Which frames of a thread are known to be missing, or not known to be there, besides those at the outer end (<see cref="WalkExtent"/>).</summary>
[Flags]
public enum MissingFrames
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Nothing shows that the first frame is the thread's innermost one.</summary>
    Inner = 1,

    /// <summary>Frames between the first and the last were left out.</summary>
    Between = 2,
}
