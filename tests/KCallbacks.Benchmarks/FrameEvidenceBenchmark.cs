using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using KCallbacks.Detection;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Benchmarks;

/// <summary>Evidence from frames: the names of one walked thread.</summary>
[MemoryDiagnoser]
public class FrameEvidenceBenchmark
{
    private readonly ImmutableArray<StackFrame> _idle =
    [
        new("win32u", "NtUserGetMessage", 0x14),
        new("user32", "GetMessageW", 0x2e),
        .. Application(5),
        new("kernel32", "BaseThreadInitThunk", 0x14),
        new("ntdll", "RtlUserThreadStart", 0x21),
    ];

    private readonly ImmutableArray<StackFrame> _inCallback =
    [
        new("ntdll", "NtWaitForSingleObject", 0x14),
        .. Application(3),
        new("user32", "_fnDWORD", 0x33),
        new("ntdll", "KiUserCallbackDispatcherContinue", 0),
        new("win32u", "NtUserMessageCall", 0x14),
        .. Application(3),
        new("kernel32", "BaseThreadInitThunk", 0x14),
        new("ntdll", "RtlUserThreadStart", 0x21),
    ];

    private readonly CallbackDetector _detector = new(new UnknownProcess(Architecture.X64));

    private ThreadStack _thread = null!;

    [GlobalSetup]
    public void MakeThread() => _thread = new() { Thread = new ThreadIdentity(0), Walk = WalkExtent.Complete, Frames = _inCallback };

    [Benchmark(Description = "evidence, no callback")]
    public int NoCallback() => FrameEvidence.Of(_idle).Callbacks.Length;

    [Benchmark(Description = "evidence, one callback")]
    public int OneCallback() => FrameEvidence.Of(_inCallback).Callbacks.Length;

    [Benchmark(Description = "whole verdict, one callback")]
    public ThreadFinding Judge() => _detector.Judge(_thread);

    private static IEnumerable<StackFrame> Application(int frames) =>
        Enumerable.Range(0, frames).Select(i => new StackFrame("app", $"Namespace::Class::Method{i}", 0x40 + (ulong)i));
}
