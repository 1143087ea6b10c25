namespace KCallbacks.Triage.Workers;

/// <summary>What one input may take.</summary>
/// <param name="Time">How long it may take, and how long a piece of its content may take to be hashed after that.</param>
/// <param name="Memory">Bytes of memory that the process that reads it may have.</param>
public sealed record WorkerLimits(TimeSpan Time, long Memory);
