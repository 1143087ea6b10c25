using KCallbacks.Detection.Waits;

namespace KCallbacks.Extension.DataModel;

/// <summary>One thing that a thread waits for.</summary>
/// <param name="Waiter">The thread.</param>
/// <param name="Found">What was found of the wait.</param>
internal sealed record JudgedWait(JudgedThread Waiter, Wait Found)
{
    /// <summary>The threads of the target that must let go.</summary>
    public IReadOnlyList<JudgedThread> Owners => Waiter.Found.At(Found.Owners.Select(owner => owner.Position).OfType<int>());

    /// <summary>Those of which any one may be meant.</summary>
    public IReadOnlyList<JudgedThread> Candidates => Waiter.Found.At(Found.Candidates.Select(owner => owner.Position).OfType<int>());
}
