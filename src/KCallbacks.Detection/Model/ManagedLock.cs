namespace KCallbacks.Detection.Model;

/// <summary>An object whose lock a thread waits to enter.</summary>
/// <param name="Address">Where the object lies.</param>
/// <param name="Type">Name of its type; null when not known.</param>
/// <param name="Owner">System id of the thread that holds it; null when nobody does, or it is not known.</param>
public sealed record ManagedLock(ulong Address, string? Type, uint? Owner);
