using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.Engine.Tests.Managed;

/// <summary>The sample target of the .NET runtime while it runs, and dumps of it, which are as large as the runtime and are removed.</summary>
internal sealed class ManagedSample : IDisposable
{
    private ManagedSample(SampleTarget target) => Target = target;

    /// <summary>The running program.</summary>
    public SampleTarget Target { get; }

    /// <summary>Path of a dump with the whole memory.</summary>
    public static string FullDump { get; } = Path.Combine(Paths.Dumps, "managed-full.dmp");

    /// <summary>Path of a MiniDumpNormal: stacks, but nothing of the runtime.</summary>
    public static string NormalDump { get; } = Path.Combine(Paths.Dumps, "managed-normal.dmp");

    public static ManagedSample Start()
    {
        var sample = new ManagedSample(SampleTarget.StartManaged(EngineRun.Platform, Paths.ManagedTarget));
        using EngineProcess dumper = EngineRun.Start();
        sample.WriteDump(dumper, FullDump, withFullMemory: true);
        sample.WriteDump(dumper, NormalDump, withFullMemory: false);
        return sample;
    }

    public void Dispose()
    {
        Target.Dispose();
        File.Delete(FullDump);
        File.Delete(NormalDump);
    }

    private void WriteDump(EngineProcess dumper, string path, bool withFullMemory)
    {
        Reply reply = dumper.WriteDump(Target.ProcessId, path, withFullMemory);
        Assert.IsTrue(reply.Succeeded, reply.Failure);
    }
}
