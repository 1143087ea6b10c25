using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Names;

/// <summary>The metadata of the assemblies of a runtime, each read when it is first needed.</summary>
/// <param name="memory">The runtime's data.</param>
internal sealed class LoadedAssemblies(RuntimeMemory memory)
{
    /// <summary>Assemblies whose metadata is kept.</summary>
    private const int Most = 512;

    private readonly Dictionary<ulong, AssemblyMetadata?> _byModule = [];

    /// <summary>The assembly of a <c>Module</c>; null when its metadata cannot be read.</summary>
    public AssemblyMetadata? Of(ulong module)
    {
        if (_byModule.TryGetValue(module, out AssemblyMetadata? known))
            return known;
        if (_byModule.Count >= Most)
            return null;
        return _byModule[module] = memory.Pointer(module, "Module", "Base") is { } image ? AssemblyMetadata.Read(memory, image) : null;
    }
}
