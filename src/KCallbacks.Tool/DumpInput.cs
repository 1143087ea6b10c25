using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Dumps;
using KCallbacks.Reports;
using KCallbacks.Scanning;

namespace KCallbacks.Tool;

/// <summary>A minidump.</summary>
internal sealed class DumpInput(string path) : InputSource
{
    /// <summary>A walk over images costs no more than a read, and frames make a verdict surer.</summary>
    private static readonly ScanRequest Everything = new() { WalkCleared = true };

    private readonly Minidump _dump = Minidump.Open(path);

    public override IProcessView Process => _dump;

    public override ImmutableArray<string> Errors => _dump.Missing is { } missing ? [$"{path}: error: {missing}"] : [];

    public override ImmutableArray<string> Warnings => [.. Remarks().Select(remark => $"{path}: {remark}")];

    public override IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge() =>
        new ThreadScanner(new MinidumpTarget(_dump), new CallbackDetector(_dump)).JudgeEach(Everything);

    public override ReportSource Describe() => new(SourceKind.Dump, path, _dump.Architecture);

    private IEnumerable<string> Remarks()
    {
        if (_dump.IsWow64)
            yield return "a 32-bit process in a 64-bit dump: both halves of its stacks are judged, as far as the dump holds them; the 64-bit ones hold every callback";
        if (_dump.ManagedRuntime is { } runtime)
            yield return $"managed code of {runtime}: its methods have no names here; a debugger with SOS shows them";
    }

    public override void Dispose() => _dump.Dispose();
}
