using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Dumps;
using KCallbacks.Reports;
using KCallbacks.Scanning;

namespace KCallbacks.Tool;

/// <summary>A minidump.</summary>
internal sealed class DumpInput(string path) : InputSource
{
    /// <summary>A walk over images costs no more than a read, and frames make a verdict surer.</summary>
    private static readonly ScanRequest Everything = new() { WalkCleared = true, WithWaits = true };

    private readonly Minidump _dump = Minidump.Open(path);
    private ThreadScanner? _scanner;

    public override IProcessView Process => _dump;

    public override ImmutableArray<string> Errors => _dump.Missing is { } missing ? [$"{path}: error: {missing}"] : [];

    public override ImmutableArray<string> Warnings => [.. Remarks().Select(remark => $"{path}: {remark}")];

    public override IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge()
    {
        _scanner = new ThreadScanner(new MinidumpTarget(_dump), new CallbackDetector(_dump));
        return _scanner.JudgeEach(Everything);
    }

    public override WaitGraph? Waits => _scanner?.FindWaits();

    public override ReportSource Describe() => new(SourceKind.Dump, path, _dump.Architecture);

    private IEnumerable<string> Remarks()
    {
        if (_dump.IsWow64)
            yield return "a 32-bit process in a 64-bit dump: the 64-bit halves of its stacks are judged, which hold every callback";
        if (_dump.ManagedRuntime is { } runtime)
            yield return $"managed code of {runtime}: its methods have no names here; a debugger with SOS shows them";
    }

    public override void Dispose() => _dump.Dispose();
}
