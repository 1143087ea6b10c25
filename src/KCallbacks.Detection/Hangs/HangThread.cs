using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Hangs;

/// <summary>A thread with its part in the hang.</summary>
/// <param name="Finding">Its callbacks.</param>
/// <param name="Waits">What it waits for; null when it waits for nothing, as far as is known.</param>
/// <param name="Activity">What it does.</param>
/// <param name="HasWindows">Whether it is a UI thread: it has a message queue, or a message loop on its stack. Null when not known.</param>
public sealed record HangThread(ThreadFinding Finding, ThreadWaits? Waits, ThreadActivity Activity, bool? HasWindows)
{
    /// <summary>Threads that wait for it, directly or through others.</summary>
    public int HoldsUp { get; init; }

    /// <summary>
    /// Whether all it waits for is the answer to a message that the receiver is not treating yet, but will, because it answers messages.
    /// </summary>
    public bool IsAnswered { get; init; }

    /// <summary><c>module!function</c> of what it does now, the system call in which it stands before all; null when not known.</summary>
    public string? StandsIn { get; init; } = Finding.BlockedIn;

    /// <summary>Its place in the source.</summary>
    public int Position => Finding.Thread.Position;

    /// <summary>Whether it is a UI thread for all that is known.</summary>
    public bool IsUiThread => HasWindows == true;

    /// <summary>Whether it waits for something other than messages and work.</summary>
    public bool IsBlocked => Activity is ThreadActivity.Waits or ThreadActivity.Sleeps && !IsAnswered && !WaitsForWork;

    /// <summary>Whether it is an idle thread of a pool, or a server that waits for requests.</summary>
    public bool WaitsForWork => Waits is { Waits: [{ Kind: WaitKind.Work }] };

    /// <summary>Whether it was judged at all, and more surely than by a guess.</summary>
    public bool IsJudged => Finding.Verdict != Verdict.Unknown && Finding is not { Verdict: Verdict.None, Confidence: Confidence.Low };
}
