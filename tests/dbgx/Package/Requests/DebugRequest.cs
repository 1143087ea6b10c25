using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace DbgX.Requests;

/// <summary>Something that the engine is to do.</summary>
public abstract class DebugRequest
{
    /// <summary>Whether what is printed meanwhile is output of the session.</summary>
    internal virtual bool IsShown => true;

    internal abstract Reply Send(EngineProcess process);
}

/// <summary>Something that the engine is to tell.</summary>
/// <typeparam name="TResult">What it tells.</typeparam>
public abstract class DebugRequest<TResult> : DebugRequest
{
    internal override bool IsShown => false;

    internal abstract TResult Result(Reply reply);
}
