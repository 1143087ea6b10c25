using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>Looks for symbols elsewhere.</summary>
public sealed class SetSymbolPathRequest(string path) : DebugRequest
{
    internal override Reply Send(EngineProcess process) => SymbolPath.Set(process, path);
}
