using System.Text.Json.Serialization;

namespace KCallbacks.Triage.Rows;

/// <summary>What became of an input.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriageOutcome>))]
public enum TriageOutcome
{
    /// <summary>It was read to its end.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>What could be read of it was judged; the problem says what is missing.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,

    /// <summary>Nothing of it could be read.</summary>
    [JsonStringEnumMemberName("unreadable")]
    Unreadable,

    /// <summary>It is whole, and of a kind that is not read.</summary>
    [JsonStringEnumMemberName("unsupported")]
    Unsupported,

    /// <summary>It took longer than the time limit.</summary>
    [JsonStringEnumMemberName("timeout")]
    Timeout,

    /// <summary>It took more memory than the memory limit.</summary>
    [JsonStringEnumMemberName("memory")]
    Memory,

    /// <summary>The process that read it ended before it answered.</summary>
    [JsonStringEnumMemberName("crashed")]
    Crashed,
}
