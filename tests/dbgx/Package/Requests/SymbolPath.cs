using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>Paths of this machine become paths of the engine's.</summary>
internal static class SymbolPath
{
    public static Reply Set(EngineProcess process, string path)
    {
        process.Execute($".sympath {string.Join(';', path.Split(';').Select(process.PathOf))}");
        return process.Execute(".reload");
    }
}
