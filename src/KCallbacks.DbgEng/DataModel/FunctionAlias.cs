namespace KCallbacks.DbgEng.DataModel;

/// <summary>A function's name in the debugger; disposing it removes the name.</summary>
internal sealed class FunctionAlias(HostExtensibility extensibility, string name) : IDisposable
{
    public void Dispose() => _ = extensibility.TryDestroyFunctionAlias(name);
}
