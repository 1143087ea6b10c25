using DbgX.Interfaces.Services;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests.Initialization;

/// <summary>Starts a program under the debugger.</summary>
public sealed class CreateProcessRequest(string program, string arguments, EngineOptions options) : DebugRequest
{
    internal override Reply Send(EngineProcess process) =>
        SessionBeginning.Begin(process, options, () => process.Send(new Create($"\"{process.PathOf(program)}\" {arguments}".TrimEnd())));
}
