using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions;

/// <summary>The modules that the engine knows of the current process.</summary>
internal static class ModuleList
{
    /// <summary>Lists the loaded modules; empty when the engine knows none.</summary>
    public static ImmutableArray<Module> Of(DebugEngine engine)
    {
        if (!engine.Symbols.TryGetNumberModules(out uint loaded, out _).Succeeded)
            return [];
        var parameters = new ModuleParameters[loaded];
        if (!engine.Symbols.TryGetModuleParameters(parameters).Succeeded)
            return [];
        return [.. parameters.Select(module => new Module(NameOf(engine, module), module.Base, module.Size))];
    }

    private static string NameOf(DebugEngine engine, ModuleParameters module) =>
        engine.Symbols.TryGetModuleName(ModuleNameKind.Module, module.Base, out string name).Succeeded ? name : $"0x{module.Base:x}";
}
