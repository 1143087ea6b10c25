using KCallbacks.Detection.Waits;

namespace KCallbacks.Extension.DataModel;

/// <summary>A thread of a process waits for another.</summary>
/// <param name="Process">What was found in the process.</param>
/// <param name="Found">The edge.</param>
internal sealed record JudgedEdge(ProcessFindings Process, WaitEdge Found)
{
    /// <summary>The thread that waits.</summary>
    public JudgedThread? From => Process.At(Found.From);

    /// <summary>The thread that must let go; null for one that is none of the target's.</summary>
    public JudgedThread? To => Found.To.Position is { } position ? Process.At(position) : null;
}
