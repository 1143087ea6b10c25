using KCallbacks.Detection.Model;
using KCallbacks.Reports;

namespace KCallbacks.Extension.DataModel;

/// <summary>A thread with what was found of it.</summary>
/// <param name="ProcessId">The operating system's id of its process.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Stack">The stack behind it; null when it was not kept.</param>
internal sealed record JudgedThread(uint ProcessId, ThreadFinding Finding, ThreadStack? Stack)
{
    /// <summary>The callbacks, innermost first.</summary>
    public IReadOnlyList<JudgedCallback> Callbacks => [.. Finding.Callbacks.Select((_, position) => new JudgedCallback(this, position))];

    /// <summary>The innermost callback; null when there is none.</summary>
    public Callback? Innermost => Finding.Callbacks.FirstOrDefault();

    /// <summary>A thread of a report.</summary>
    public static JudgedThread Of(ThreadFinding finding, uint processId, Report report) =>
        new(processId, finding, report.Stacks.GetValueOrDefault(finding.Thread.Position));

    /// <summary>The thread with a system id; null when the report has none.</summary>
    public static JudgedThread? Find(ulong systemId, uint processId, Report report) =>
        report.Findings.FirstOrDefault(finding => finding.Thread.SystemId == systemId) is { } finding ? Of(finding, processId, report) : null;
}
