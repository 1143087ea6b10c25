namespace KCallbacks.Triage.Rows;

/// <summary>What follows from an outcome.</summary>
public static class OutcomeTraits
{
    /// <summary>Whether another try may end better: with other limits, another version, or a file that is there again.</summary>
    public static bool MayPass(this TriageOutcome outcome) =>
        outcome is TriageOutcome.Unreadable or TriageOutcome.Timeout or TriageOutcome.Memory or TriageOutcome.Crashed;
}
