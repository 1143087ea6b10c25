namespace KCallbacks.Recordings.Json;

/// <summary>Names and version of the recording format.</summary>
internal static class RecordingSchema
{
    /// <summary>Value of <c>format</c>, by which a recording is known.</summary>
    public const string Format = "kcallbacks-recording";

    /// <summary>Raised when a reader of the former version would misunderstand a recording.</summary>
    public const int Version = 2;

    /// <summary>The oldest version that is still read.</summary>
    public const int OldestVersion = 1;
}
