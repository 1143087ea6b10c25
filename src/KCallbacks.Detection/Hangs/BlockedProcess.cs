using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Hangs;

/// <summary>A process that was not scanned and has threads that are blocked in callbacks.</summary>
/// <param name="Process">The process.</param>
/// <param name="Threads">How many wait for something other than messages, at least.</param>
public sealed record BlockedProcess(ProcessIdentity Process, int Threads);
