using System.Collections.Frozen;
using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports;

namespace KCallbacks.Extension.DataModel;

/// <summary>What a scan found in one process, with its threads by their keys, so that a query over threads looks each up once.</summary>
internal sealed class ProcessFindings
{
    private readonly uint? _processId;
    private readonly FrozenDictionary<ulong, ThreadFinding> _byKey;
    private readonly Lazy<HangResult> _hang;
    private readonly Lazy<ImmutableArray<WaitEdge>> _edges;

    /// <summary>Takes a report.</summary>
    /// <param name="processId">The operating system's id of the process; null where the session does not tell.</param>
    /// <param name="report">What was found.</param>
    public ProcessFindings(uint? processId, Report report)
    {
        _processId = processId;
        Report = report;
        _hang = new(report.Conclude);
        _edges = new(() => [.. Hang.Edges]);
        // A damaged list may name two threads alike; the first one is meant.
        _byKey = report.Findings.GroupBy(KeyOf).ToFrozenDictionary(findings => findings.Key, findings => findings.First());
    }

    /// <summary>What was found.</summary>
    public Report Report { get; }

    /// <summary>What hangs.</summary>
    public HangResult Hang => _hang.Value;

    /// <summary>Who waits for whom, as far as owners are known.</summary>
    public ImmutableArray<WaitEdge> Edges => _edges.Value;

    /// <summary>The index of a thread in queries: its system id, or the address of its ETHREAD where the id is not known.</summary>
    public static ulong KeyOf(ThreadFinding finding) => finding.Thread.SystemId ?? finding.Thread.Address ?? 0;

    /// <summary>A thread of the process by its key; null when there is none.</summary>
    public JudgedThread? Find(ulong key) => _byKey.TryGetValue(key, out ThreadFinding? finding) ? Of(finding) : null;

    /// <summary>A thread of the process.</summary>
    public JudgedThread Of(ThreadFinding finding) => new(_processId, finding, Report.Stacks.GetValueOrDefault(finding.Thread.Position)) { Found = this };

    /// <summary>The thread at a position of the report; null when there is none.</summary>
    public JudgedThread? At(int position) => Hang.Of(position) is { } thread ? Of(thread.Finding) : null;

    /// <summary>The threads at positions, those that were judged.</summary>
    public IReadOnlyList<JudgedThread> At(IEnumerable<int> positions) => [.. positions.Select(At).OfType<JudgedThread>()];
}
