namespace KCallbacks.Detection.Model;

/// <summary>How its source names a thread.</summary>
/// <param name="Position">Zero-based position in the source.</param>
/// <param name="Printed">The id as the source prints it, for example <c>12</c>, <c>1894.d54</c> or an ETHREAD address; null when it prints none.</param>
/// <param name="EngineId">The debugger's thread number.</param>
/// <param name="SystemId">The operating system's thread id.</param>
/// <param name="Process">Its process; null where the source is one process.</param>
/// <param name="Address">Address of its ETHREAD; null outside of kernel targets.</param>
public sealed record ThreadIdentity(
    int Position,
    string? Printed = null,
    uint? EngineId = null,
    uint? SystemId = null,
    ProcessIdentity? Process = null,
    ulong? Address = null);
