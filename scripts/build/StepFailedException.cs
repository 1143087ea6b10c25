namespace KCallbacks.Build;

/// <summary>A step failed; the message is all that the user needs.</summary>
internal sealed class StepFailedException(string message) : Exception(message);
