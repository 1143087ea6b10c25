using KCallbacks.Managed.Code;
using KCallbacks.Managed.Contracts;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Managed.Names;

/// <summary>The methods at addresses, whether they were compiled beforehand or as the process ran.</summary>
/// <param name="memory">The runtime's data.</param>
/// <param name="assemblies">The metadata of its assemblies.</param>
internal sealed class MethodNames(RuntimeMemory memory, LoadedAssemblies assemblies) : IMethodNames
{
    private readonly CodeRanges _ranges = new(memory);
    private readonly CompiledMethods _compiled = new(memory);
    private readonly PrecompiledMethods _precompiled = new(memory);
    private readonly MethodDescNames _names = new(memory, assemblies);
    private readonly Dictionary<ulong, ManagedMethod?> _known = [];

    /// <inheritdoc/>
    public ManagedMethod? MethodAt(ulong address)
    {
        if (!_known.TryGetValue(address, out ManagedMethod? method))
            _known[address] = method = Find(address);
        return method;
    }

    private ManagedMethod? Find(ulong address)
    {
        if (_ranges.At(address) is not { } range || DescriptionAt(range, address) is not { } found)
            return null;
        return _names.Of(found.Method) is { } name ? new ManagedMethod(name.Assembly, name.Name, found.Start) : null;
    }

    private (ulong Method, ulong Start)? DescriptionAt(CodeRange range, ulong address)
    {
        if (range.Module != 0)
            return _precompiled.At(range.Module, address);
        return _compiled.At(range, address) is { } method && memory.Pointer(method.Header, "RealCodeHeader", "MethodDesc") is { } description
            ? (description, method.Start)
            : null;
    }
}
