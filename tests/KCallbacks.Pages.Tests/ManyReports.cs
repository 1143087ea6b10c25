using KCallbacks.Detection.Model;
using KCallbacks.Reports;

namespace KCallbacks.Pages.Tests;

/// <summary>Reports of more threads than anybody looks at.</summary>
internal static class ManyReports
{
    /// <summary>Threads in callbacks of which no two came the same way, so that no lanes can be shared.</summary>
    public static Report AllDifferent(int threads) => new()
    {
        Source = new ReportSource(SourceKind.Dump, "many.dmp", Architecture.X64),
        Findings = [.. Enumerable.Range(0, threads).Select(FindingOf)],
    };

    private static ThreadFinding FindingOf(int position) => new()
    {
        Thread = new ThreadIdentity(position, EngineId: (uint)position, SystemId: (uint)(0x1000 + (4 * position))),
        Verdict = Verdict.InCallback,
        Depth = 2,
        Confidence = Confidence.High,
        Reason = "stack walk and memory agree",
        BlockedIn = "ntdll!NtWaitForSingleObject",
        Callbacks = [CallbackOf(position, 2), CallbackOf(position, 1)],
    };

    private static Callback CallbackOf(int position, int level) => new()
    {
        Level = level,
        Routine = "USER32!_fnDWORD",
        Entry = "win32u!NtUserMessageCall",
        Message = new WindowMessage(0xf, "WM_PAINT", 0, 0, 0x7ff6_0000_1000, $"app!Procedure{position}"),
        Evidence = EvidenceSource.Both,
        Confidence = Confidence.High,
    };
}
