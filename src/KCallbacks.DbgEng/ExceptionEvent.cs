namespace KCallbacks.DbgEng;

/// <summary>An exception at which the session stands.</summary>
/// <param name="ThreadId">The engine's id of its thread.</param>
/// <param name="Code">Its code.</param>
/// <param name="Address">Where it happened, as the record says.</param>
/// <param name="Record">Address of the record of the exception that led to it; 0 for none.</param>
public readonly record struct ExceptionEvent(uint ThreadId, uint Code, ulong Address, ulong Record);
