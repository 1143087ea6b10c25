namespace KCallbacks.Tool.Install;

/// <summary>What the doctor found in one place.</summary>
/// <param name="IsWell">Whether all is as it should be.</param>
/// <param name="Text">What was found.</param>
/// <param name="Fix">What to do; null when nothing is to be done.</param>
internal sealed record Diagnosis(bool IsWell, string Text, string? Fix = null)
{
    /// <summary>All is well.</summary>
    public static Diagnosis Well(string text) => new(true, text);

    /// <inheritdoc/>
    public override string ToString() => IsWell ? $"ok    {Text}" : $"WRONG {Text}{Environment.NewLine}      {Fix}";
}
