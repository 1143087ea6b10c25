namespace KCallbacks.Sessions;

/// <summary>The session cannot be scanned. The message is for the user: what is wrong and what to do.</summary>
public sealed class SessionException(string message) : Exception(message);
