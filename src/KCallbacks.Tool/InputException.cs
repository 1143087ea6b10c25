namespace KCallbacks.Tool;

/// <summary>An input cannot be read at all; the message is for the user.</summary>
internal sealed class InputException(string message) : Exception(message);
