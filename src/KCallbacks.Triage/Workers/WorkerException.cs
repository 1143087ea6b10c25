namespace KCallbacks.Triage.Workers;

/// <summary>Workers do not work here; the message is for the user.</summary>
public sealed class WorkerException(string message) : Exception(message);
