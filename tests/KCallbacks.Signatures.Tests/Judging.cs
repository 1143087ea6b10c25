using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Signatures;
using KCallbacks.Dumps;
using KCallbacks.Scanning;

namespace KCallbacks.Signatures.Tests;

/// <summary>From threads to signatures, as the product goes.</summary>
internal static class Judging
{
    /// <summary>The signature of a thread of which there are only frames.</summary>
    public static HangSignature Of(ThreadStack stack) => Signed(new CallbackDetector(new UnknownProcess()).Judge(stack));

    /// <summary>The signature of a thread that was judged, as if it were alone.</summary>
    public static HangSignature Signed(ThreadFinding finding) => HangSignature.Of(HangAnalysis.Of([finding], graph: null, isComplete: true).Threads[0]);

    /// <summary>What hangs in a dump.</summary>
    public static HangResult Of(string dumpPath)
    {
        using Minidump dump = Minidump.Open(dumpPath);
        var scanner = new ThreadScanner(new MinidumpTarget(dump), new CallbackDetector(dump));
        ImmutableArray<ThreadFinding> findings = [.. scanner.JudgeEach(new ScanRequest { WalkCleared = true, WithWaits = true }).Select(pair => pair.Finding)];
        return HangAnalysis.Of(findings, scanner.FindWaits(), isComplete: true);
    }
}
