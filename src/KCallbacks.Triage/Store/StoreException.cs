namespace KCallbacks.Triage.Store;

/// <summary>A store cannot be used; the message is for the user.</summary>
public sealed class StoreException(string message) : Exception(message);
