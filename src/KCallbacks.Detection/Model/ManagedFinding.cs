using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>What the managed frames of a thread say.</summary>
/// <param name="Frames">The frames, innermost first.</param>
/// <param name="WaitingIn">The wait of the class library in which the thread stands, for example <c>Monitor.Enter</c>; null when it stands in none.</param>
/// <param name="Lock">The lock it waits to enter; null when it does not, or the runtime does not tell.</param>
/// <param name="Joins">System id of the thread for whose end it waits; null when it does not, or the runtime does not tell.</param>
/// <param name="Invocation">What it handed to another thread and waits for; null when it does not, or the runtime does not tell.</param>
/// <param name="IsUiThread">Whether it keeps what threads with windows do to take work from others; null when the runtime does not tell.</param>
public sealed record ManagedFinding(ImmutableArray<ManagedFrame> Frames, string? WaitingIn, ManagedLock? Lock, uint? Joins = null, ManagedInvocation? Invocation = null, bool? IsUiThread = null);
