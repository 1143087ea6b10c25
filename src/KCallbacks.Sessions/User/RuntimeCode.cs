using KCallbacks.Detection.Model;
using KCallbacks.Managed;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Sessions.User;

/// <summary>The code that a .NET runtime made in a process. The runtime is looked for when a walk first meets code that lies in no module.</summary>
/// <param name="process">The process.</param>
internal sealed class RuntimeCode(IProcessView process) : IGeneratedCode
{
    private readonly Lazy<ManagedRuntime?> _runtime = new(() => ManagedRuntime.Find(process));

    /// <inheritdoc/>
    public GeneratedFunction? FunctionAt(ulong address) => _runtime.Value?.Code.FunctionAt(address);
}
