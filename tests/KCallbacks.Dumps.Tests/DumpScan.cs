using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Scanning;

namespace KCallbacks.Dumps.Tests;

/// <summary>The scan that the tool makes of a dump.</summary>
internal static class DumpScan
{
    /// <summary>The threads with what was read of them and what was found.</summary>
    public static IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge(this Minidump dump) =>
        new ThreadScanner(new MinidumpTarget(dump), new CallbackDetector(dump)).JudgeEach(new ScanRequest { WalkCleared = true });

    /// <summary>Who waits for whom in it.</summary>
    public static WaitGraph FindWaits(this Minidump dump)
    {
        var scanner = new ThreadScanner(new MinidumpTarget(dump), new CallbackDetector(dump));
        foreach (var _ in scanner.JudgeEach(new ScanRequest { WalkCleared = true, WithWaits = true }))
            continue;
        return scanner.FindWaits()!;
    }
}
