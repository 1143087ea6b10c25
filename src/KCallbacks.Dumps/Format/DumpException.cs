namespace KCallbacks.Dumps.Format;

/// <summary>A dump cannot be read; the message is for the user.</summary>
public sealed class DumpException(string message, Exception? cause = null) : Exception(message, cause);
