using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Dumps;

/// <summary>Generated code that two sources tell of.</summary>
/// <param name="first">Asked first; null for none.</param>
/// <param name="second">Asked where the first knows nothing; null for none.</param>
internal sealed class JoinedCode(IGeneratedCode? first, IGeneratedCode? second) : IGeneratedCode
{
    /// <inheritdoc/>
    public GeneratedFunction? FunctionAt(ulong address) => first?.FunctionAt(address) ?? second?.FunctionAt(address);
}
