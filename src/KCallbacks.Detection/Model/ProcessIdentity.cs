namespace KCallbacks.Detection.Model;

/// <summary>The process of a thread, where a source shows more than one.</summary>
/// <param name="Address">Address of its EPROCESS.</param>
/// <param name="Id">The operating system's process id; null when not known.</param>
/// <param name="Name">Name of its program, cut to what the kernel keeps; null when not known.</param>
public sealed record ProcessIdentity(ulong Address, uint? Id = null, string? Name = null);
