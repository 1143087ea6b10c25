using DbgX.Interfaces.Services;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests.Initialization;

/// <summary>Opens a dump.</summary>
public sealed class OpenDumpFileRequest(string path, EngineOptions options) : DebugRequest
{
    internal override Reply Send(EngineProcess process) => SessionBeginning.Begin(process, options, () => process.OpenDump(path));
}
