namespace KCallbacks.Detection.Waits;

/// <summary>What is waited for, as far as it has an identity.</summary>
/// <param name="Address">Address of the lock, or of the value waited on; null for what has none in the process.</param>
/// <param name="Handle">Handle of the kernel object or of the window; null for what has none.</param>
/// <param name="Name">Name of the kernel object, or of the message that was sent; null when it has none.</param>
/// <param name="Symbol"><c>module!name</c>, or <c>module+0xrva</c>, of a lock that lies in a module; null elsewhere.</param>
public sealed record WaitedObject(ulong? Address = null, ulong? Handle = null, string? Name = null, string? Symbol = null);
