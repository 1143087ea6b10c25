using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>Runs a command; its output is the result.</summary>
public sealed class ExecuteToStringRequest(string command) : DebugRequest<string>
{
    internal override Reply Send(EngineProcess process) => process.Execute(command);

    internal override string Result(Reply reply) => reply.Text;
}
