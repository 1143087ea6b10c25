using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>Runs a command; its output is output of the session.</summary>
public sealed class ExecuteRequest(string command) : DebugRequest
{
    internal override Reply Send(EngineProcess process) => process.Execute(command);
}
