using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>What the .NET runtime of the process tells of a thread.</summary>
/// <param name="Frames">Its managed frames, innermost first, by stack pointer; empty for a thread that runs no managed code.</param>
/// <param name="IsComplete">Whether they reach the thread's first managed frame.</param>
/// <param name="Lock">The lock it waits to enter; null when it does not, or the runtime does not tell.</param>
/// <param name="Joins">System id of the thread for whose end it waits; null when it does not, or the runtime does not tell.</param>
/// <param name="Invocation">What it handed to another thread and waits for; null when it does not, or the runtime does not tell.</param>
/// <param name="IsUiThread">Whether it keeps what threads with windows do to take work from others; null when the runtime does not tell.</param>
public sealed record ManagedStack(ImmutableArray<ManagedFrame> Frames, bool IsComplete, ManagedLock? Lock = null, uint? Joins = null, ManagedInvocation? Invocation = null, bool? IsUiThread = null);
