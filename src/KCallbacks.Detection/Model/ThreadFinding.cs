using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>What the detection engine says of one thread.</summary>
public sealed record ThreadFinding
{
    /// <summary>The thread.</summary>
    public required ThreadIdentity Thread { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Callbacks nested on the thread.</summary>
    public int Depth { get; init; }

    /// <summary>True when more callbacks may be nested than were seen.</summary>
    public bool DepthIsMinimum { get; init; }

    /// <summary>How much the evidence carries.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>Why the verdict and its confidence are what they are.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// <c>module!function</c> of what the thread does now: the system call in which it stands (<c>service 0x1db</c> where only its number
    /// is known), else its innermost user frame, <c>module+0xrva</c> where that has no name; null when not known.
    /// </summary>
    public string? BlockedIn { get; init; }

    /// <summary>
    /// <c>module!function</c> of a thread in no callback: the program's function that its message loop called, else the one that the
    /// thread began with; null when the frames do not show it, and for threads in a callback, whose callbacks say it.
    /// </summary>
    public string? ProgramFunction { get; init; }

    /// <summary>Whether its frames show that it treats messages of its queue; not told for threads in a callback, all of which have one.</summary>
    public bool HasMessageLoop { get; init; }

    /// <summary>Address of the innermost user-mode instruction; 0 when not known.</summary>
    public ulong InstructionPointer { get; init; }

    /// <summary>The same as <c>module+0xoffset</c>, which is the same in every run; null when it lies in no known module.</summary>
    public string? InstructionPlace { get; init; }

    /// <summary><c>module!function</c> of the innermost kernel frame that says what the thread does now; null without a kernel stack.</summary>
    public string? KernelFunction { get; init; }

    /// <summary>What the 32-bit half of a WoW64 thread says by itself; null where there is none, or it was not found.</summary>
    public Wow64Finding? Wow64Half { get; init; }

    /// <summary>What kernel structures say; null in user-mode sessions.</summary>
    public KernelState? Kernel { get; init; }

    /// <summary>The callbacks, innermost first; may hold fewer than <see cref="Depth"/> when the rest is only counted.</summary>
    public ImmutableArray<Callback> Callbacks { get; init; } = [];

    /// <summary>What has the form of a callback frame in its stack memory and is none of a callback that runs, lowest address first.</summary>
    public ImmutableArray<RejectedFrame> Rejected { get; init; } = [];

    /// <summary>Witnesses that contradict each other, one sentence each.</summary>
    public ImmutableArray<string> Disagreements { get; init; } = [];

    /// <summary>The known shapes of hangs that its frames show: what the innermost callback is for, what it waits for, what it was entered from.</summary>
    public ImmutableArray<HangShape> Shapes { get; init; } = [];

    /// <summary>What the managed frames of the thread say; null where there are none.</summary>
    public ManagedFinding? Managed { get; init; }
}
