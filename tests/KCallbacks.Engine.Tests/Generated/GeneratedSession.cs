using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Kernel;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>Engine sessions on generated dumps, with the symbols the dump's plan grants.</summary>
internal static class GeneratedSession
{
    /// <summary>Generates and opens a user-mode dump.</summary>
    public static (UserDump Dump, EngineProcess Engine) Open(DumpPlan plan)
    {
        (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
        return (dump, WithSymbols(EngineRun.OpenDump(path), path, dump.SymbolPath));
    }

    /// <summary>Generates and opens a user-mode dump in secure mode.</summary>
    public static EngineProcess OpenSecurely(DumpPlan plan)
    {
        (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
        return WithSymbols(EngineRun.OpenDumpSecurely(path), path, dump.SymbolPath);
    }

    /// <summary>Generates and opens a kernel dump.</summary>
    public static (KernelDump Dump, EngineProcess Engine) Open(KernelDumpPlan plan)
    {
        (KernelDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
        return (dump, WithSymbols(EngineRun.OpenDump(path), path, dump.SymbolPath));
    }

    private static EngineProcess WithSymbols(EngineProcess engine, string path, IReadOnlyList<string> symbolPath)
    {
        // Without a path of its own the engine would ask a symbol server; the dump's folder holds no PDB.
        IEnumerable<string> folders = symbolPath.Count > 0 ? symbolPath : [Path.GetDirectoryName(path)!];
        engine.Run($".sympath {string.Join(';', folders.Select(EngineRun.Platform.WindowsPathOf))}");
        engine.Run(".reload");
        return engine;
    }
}
