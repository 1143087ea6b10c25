using KCallbacks.Detection.Hangs;

namespace KCallbacks.Extension.DataModel;

/// <summary>One thing that keeps threads of a process from going on.</summary>
/// <param name="Process">What was found in the process.</param>
/// <param name="Found">The finding.</param>
internal sealed record JudgedFinding(ProcessFindings Process, HangFinding Found)
{
    /// <summary>Its threads: the circle, those behind it, the head.</summary>
    public IReadOnlyList<JudgedThread> Threads => Process.At(Found.Threads);

    /// <summary>The threads of the circle; none for other forms.</summary>
    public IReadOnlyList<JudgedThread> Cycle => Process.At(Found.Cycle);
}
