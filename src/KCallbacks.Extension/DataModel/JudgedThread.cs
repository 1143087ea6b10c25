using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;

namespace KCallbacks.Extension.DataModel;

/// <summary>A thread with what was found of it.</summary>
/// <param name="ProcessId">The operating system's id of its process; null where the session does not tell.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Stack">The stack it was found on; null when it was not kept.</param>
internal sealed record JudgedThread(uint? ProcessId, ThreadFinding Finding, ThreadStack? Stack)
{
    /// <summary>The findings that it is one of.</summary>
    public required ProcessFindings Found { get; init; }

    /// <summary>Its part in the hang.</summary>
    public HangThread? Part => Found.Hang.Of(Finding.Thread.Position);

    /// <summary>What it waits for.</summary>
    public IReadOnlyList<JudgedWait> WaitsFor => [.. (Part?.Waits?.Waits ?? []).Select(wait => new JudgedWait(this, wait))];

    /// <summary>The threads that wait for it directly.</summary>
    public IReadOnlyList<JudgedThread> HeldUp =>
        [.. Found.Edges.Where(edge => edge.To.Position == Finding.Thread.Position).Select(edge => Found.At(edge.From)).OfType<JudgedThread>()];

    /// <summary>The callbacks, innermost first.</summary>
    public IReadOnlyList<JudgedCallback> Callbacks => [.. Finding.Callbacks.Select((_, position) => new JudgedCallback(this, position))];

    /// <summary>The innermost callback; null when there is none.</summary>
    public Callback? Innermost => Finding.Callbacks.FirstOrDefault();
}
