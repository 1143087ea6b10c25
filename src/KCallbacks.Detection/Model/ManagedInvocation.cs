using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>Something that a thread handed to a thread with windows to run it there, and waits for.</summary>
/// <param name="Thread">System id of the thread that is to run it, where the objects name it.</param>
/// <param name="Windows">Numbers of which one is the handle of the window through which it was handed over; empty where the thread is known.</param>
public sealed record ManagedInvocation(uint? Thread, ImmutableArray<ulong> Windows);
