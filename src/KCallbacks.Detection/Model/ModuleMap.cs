using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>Finds the module at an address by binary search: processes have hundreds of modules and stacks thousands of addresses.</summary>
public sealed class ModuleMap
{
    private readonly Module[] _modules;

    /// <summary>Sorts modules by their base.</summary>
    /// <param name="modules">The modules, in any order; where two overlap, which no sound list has, the one that starts later hides the other.</param>
    public ModuleMap(ImmutableArray<Module> modules) => _modules = modules.IsDefault ? [] : [.. modules.OrderBy(module => module.Base).ThenBy(module => module.Size)];

    /// <summary>The module that holds an address; null when none does.</summary>
    public Module? At(ulong address)
    {
        int low = 0;
        int high = _modules.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_modules[middle].Base > address)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return high >= 0 && _modules[high].Contains(address) ? _modules[high] : null;
    }

    /// <summary>Whether a module starts at an address.</summary>
    public bool HasBase(ulong address) => At(address)?.Base == address;
}
