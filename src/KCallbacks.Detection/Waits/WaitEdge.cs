namespace KCallbacks.Detection.Waits;

/// <summary>A thread waits for another.</summary>
/// <param name="From">Position of the waiting thread.</param>
/// <param name="To">The thread that must let go.</param>
/// <param name="Wait">What it waits for.</param>
public sealed record WaitEdge(int From, WaitOwner To, Wait Wait);
