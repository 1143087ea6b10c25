using System.Text;
using System.Text.Json;

namespace KCallbacks.Triage.Rows;

/// <summary>What follows from an outcome.</summary>
internal static class OutcomeTraits
{
    /// <summary>The words of rows.</summary>
    public static (byte[] Word, TriageOutcome Outcome)[] Words { get; } =
        [.. Enum.GetValues<TriageOutcome>().Select(outcome => (JsonSerializer.SerializeToUtf8Bytes(outcome, RowJsonContext.Default.TriageOutcome)[1..^1], outcome))];

    /// <summary>Whether another try may end better: with other limits, another version, or a file that is there again.</summary>
    public static bool MayPass(this TriageOutcome outcome) =>
        outcome is TriageOutcome.Unreadable or TriageOutcome.Timeout or TriageOutcome.Memory or TriageOutcome.Crashed;

    /// <summary>The word of rows.</summary>
    public static string Word(this TriageOutcome outcome) => Encoding.ASCII.GetString(Array.Find(Words, pair => pair.Outcome == outcome).Word);
}
