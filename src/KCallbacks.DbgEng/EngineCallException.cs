namespace KCallbacks.DbgEng;

/// <summary>A call of the debug engine failed.</summary>
/// <param name="call">Name of the call, for example <c>GetStackTraceEx</c>.</param>
/// <param name="result">What it returned.</param>
public sealed class EngineCallException(string call, HResult result) : Exception($"The debug engine's {call} failed with {result}.")
{
    /// <summary>Name of the call.</summary>
    public string Call { get; } = call;

    /// <summary>What it returned.</summary>
    public HResult Result { get; } = result;
}
