using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.Engine.Tests.Engine;

/// <summary>One sample target for all tests, and dumps of it. Tests attach to it non-invasively, so that it stays as it is.</summary>
[TestClass]
public sealed class Sample
{
    private static SampleTarget? s_target;

    /// <summary>Path of a MiniDumpNormal: stacks, but no other memory.</summary>
    public static string NormalDump { get; } = Path.Combine(Paths.Dumps, "normal.dmp");

    /// <summary>Path of a dump with the whole memory.</summary>
    public static string FullDump { get; } = Path.Combine(Paths.Dumps, "full.dmp");

    internal static SampleTarget Target => s_target ?? throw new InvalidOperationException("The sample target does not run.");

    [AssemblyInitialize]
    public static void Start(TestContext context)
    {
        s_target = SampleTarget.Start(EngineRun.Platform, Paths.SampleTarget);
        Directory.CreateDirectory(Paths.Dumps);
        using EngineProcess dumper = EngineRun.Start();
        WriteDump(dumper, NormalDump, withFullMemory: false);
        WriteDump(dumper, FullDump, withFullMemory: true);
    }

    [AssemblyCleanup]
    public static void End() => s_target?.Dispose();

    private static void WriteDump(EngineProcess dumper, string path, bool withFullMemory)
    {
        Reply reply = dumper.WriteDump(Target.ProcessId, path, withFullMemory);
        Assert.IsTrue(reply.Succeeded, reply.Failure);
    }
}
