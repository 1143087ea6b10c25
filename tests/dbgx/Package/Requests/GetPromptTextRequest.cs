using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>The prompt without its angle bracket, for example <c>0:000</c>.</summary>
public sealed class GetPromptTextRequest : DebugRequest<string>
{
    internal override Reply Send(EngineProcess process) => process.Execute(".printf \"%d:%03d\", @$dpid, @$dtid");

    internal override string Result(Reply reply) => reply.Text;
}
