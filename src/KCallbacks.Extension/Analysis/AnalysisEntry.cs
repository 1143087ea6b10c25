namespace KCallbacks.Extension.Analysis;

/// <summary>An entry to be added.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct AnalysisEntry(AnalysisTag Tag, string Text);
