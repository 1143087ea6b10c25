using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>A lock, or an object with a handle, as the text lists it.</summary>
/// <param name="kind">What it is.</param>
/// <param name="scope">The process it belongs to.</param>
/// <param name="evidence">What lists it, in words.</param>
internal sealed class ListedLock(WaitKind kind, Scope scope, string evidence)
{
    public WaitKind Kind { get; set; } = kind;

    public Scope Scope => scope;

    /// <summary>Whether it lies in the kernel, where an address is the same for all processes.</summary>
    public bool IsOfKernel => Kind is WaitKind.Resource or WaitKind.FastMutex or WaitKind.Mutex;

    public string Evidence => evidence;

    public ulong? Address { get; set; }

    public ulong? Handle { get; set; }

    public string? Symbol { get; set; }

    public string? Name { get; set; }

    /// <summary>Whether it is held; null when the listing does not say.</summary>
    public bool? IsHeld { get; set; }

    /// <summary>The threads that hold it.</summary>
    public List<ThreadName> Owners { get; } = [];

    /// <summary>The threads that the listing names as waiting for it.</summary>
    public List<ThreadName> Waiters { get; } = [];

    /// <summary>How many threads wait for it; null when the listing does not say.</summary>
    public int? WaiterCount { get; set; }

    /// <summary>Why its owner cannot be trusted; null when it can.</summary>
    public string? Doubt { get; set; }

    /// <summary>What else is said of its state.</summary>
    public string? State { get; set; }
}
