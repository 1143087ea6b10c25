namespace KCallbacks.Recordings.Input;

/// <summary>Something in a recording that could not be read.</summary>
/// <param name="Line">One-based line in the source; null when it concerns the whole source.</param>
/// <param name="Text">What is wrong, in one sentence without a full stop.</param>
/// <param name="IsError">
/// True when the source is not what it should be (empty, binary, cut, a wrong schema, an endless line);
/// false when only a line of it was not understood.
/// </param>
public sealed record RecordingProblem(long? Line, string Text, bool IsError);
