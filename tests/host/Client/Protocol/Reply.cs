using System.Text.Json.Serialization;

namespace KCallbacks.EngineHost.Client.Protocol;

/// <summary>What came of one <see cref="Request"/>.</summary>
/// <param name="HResult">Of the engine's call; negative values are errors.</param>
/// <param name="Milliseconds">Time in the engine.</param>
/// <param name="Text">Output as a client sees it that wants plain text.</param>
/// <param name="Markup">The same output as a client sees it that wants DML.</param>
/// <param name="Failure">Which call failed, for people; null when none did.</param>
public sealed record Reply(int HResult, double Milliseconds, string Text, string Markup, string? Failure)
{
    /// <summary>Whether the engine did what it was asked.</summary>
    [JsonIgnore]
    public bool Succeeded => HResult >= 0;
}
