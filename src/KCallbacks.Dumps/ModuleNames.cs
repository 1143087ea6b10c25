using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Dumps.Format;

namespace KCallbacks.Dumps;

/// <summary>The names of modules as the debugger has them.</summary>
internal static class ModuleNames
{
    /// <summary>Names without path and extension; a second module of the same name gets its base after it.</summary>
    public static ImmutableArray<Module> Of(IReadOnlyList<ListedModule> modules)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. modules.Select(module => new Module(Unique(NameOf(module), module, taken), module.Base, module.Size))];
    }

    private static string Unique(string name, ListedModule module, HashSet<string> taken) =>
        taken.Add(name) ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{module.Base:x}");

    private static string NameOf(ListedModule module)
    {
        int extension = module.File.LastIndexOf('.');
        return extension > 0 ? module.File[..extension] : module.File;
    }
}
