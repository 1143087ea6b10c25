using DbgX.Interfaces.Enums;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>Asks the data model. Only the package's engine writes the answer, which is XML; the library that is tested here does not ask.</summary>
public sealed class ModelQueryRequest(string query, bool completions, ModelQueryFlags flags = ModelQueryFlags.Default, int recursionDepth = 0) : DebugRequest<string>
{
    internal override Reply Send(EngineProcess process) =>
        throw new NotSupportedException($"The engine host cannot write {query} as XML ({flags}, {recursionDepth} deep, completions: {completions}).");

    internal override string Result(Reply reply) => reply.Text;
}
