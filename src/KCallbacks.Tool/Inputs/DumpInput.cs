using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Dumps;
using KCallbacks.Managed;
using KCallbacks.Reports;
using KCallbacks.Scanning;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Tool.Inputs;

/// <summary>A minidump.</summary>
/// <param name="path">What reports call it.</param>
/// <param name="file">Path of the file.</param>
/// <param name="images">Images of modules that it does not hold.</param>
/// <param name="spooled">The file, where it is ours; disposed with this.</param>
internal sealed class DumpInput(string path, string file, ImageFolder? images, SpooledFile? spooled = null) : InputSource
{
    /// <summary>A walk over images costs no more than a read, and frames make a verdict surer.</summary>
    private static readonly ScanRequest Everything = new() { WalkCleared = true, WithWaits = true };

    private readonly Minidump _dump = Minidump.Open(file, images);
    private ThreadScanner? _scanner;
    private ManagedRuntime? _runtime;
    private IMethodNames? _methods;

    public override ImmutableArray<string> Errors => _dump.Missing is { } missing ? [$"{path}: error: {missing}"] : [];

    public override ImmutableArray<string> Warnings => [.. Remarks().Select(remark => $"{path}: {remark}")];

    public override IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge()
    {
        _runtime ??= ManagedRuntime.Find(_dump, isInProgram: true);
        _methods ??= _runtime?.CreateNames();
        _scanner = new ThreadScanner(new MinidumpTarget(_dump, _runtime?.Code, _methods, _runtime?.CreateObjects() is { } objects ? new ManagedOwners(objects, _dump) : null), new CallbackDetector(_dump));
        return _scanner.JudgeEach(Everything);
    }

    public override WaitGraph? Waits => _scanner?.FindWaits();

    public override Capture? Capture => _dump.Capture;

    public override ReportSource Describe() => new(SourceKind.Dump, path, _dump.Architecture);

    private IEnumerable<string> Remarks()
    {
        if (_dump.IsWow64)
            yield return "a 32-bit process in a 64-bit dump: both halves of its stacks are judged, as far as the dump holds them; the 64-bit ones hold every callback";
        if (_dump.ManagedRuntime is { } runtime && _methods is null)
            yield return $"managed code of {runtime}: {WhyNoNames(runtime)}";
    }

    private static string WhyNoNames(RuntimeName runtime) => runtime.DescribesItself switch
    {
        true => "the dump does not hold the runtime's memory, so its methods have no names; .dump /ma writes all memory",
        false => "only .NET 10 and later say where their data lies, so its methods have no names here; a debugger with SOS shows them",
        null => "its methods have no names here; a debugger with SOS shows them",
    };

    public override void Dispose()
    {
        _dump.Dispose();
        spooled?.Dispose();
    }
}
