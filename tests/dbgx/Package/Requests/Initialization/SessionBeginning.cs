using DbgX.Interfaces.Services;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests.Initialization;

/// <summary>What the options of a session do, in the order in which the engine wants it.</summary>
internal static class SessionBeginning
{
    public static Reply Begin(EngineProcess process, EngineOptions options, Func<Reply> open)
    {
        if (options.SymOptIgnoreNtSympath != true)
            throw new NotSupportedException("The environment's symbol path would ask a server.");
        if (options.SecureMode == true)
            process.Execute(".secure 1");
        Reply opened = open();
        return opened.Succeeded && options.SymPath is { } path ? SymbolPath.Set(process, path) : opened;
    }
}
