using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using Microsoft.Diagnostics.Runtime;

namespace KCallbacks.Dumps;

/// <summary>
/// The .NET runtimes in a dump, as ClrMD knows them. It is asked only where a module has a runtime's name, and nothing of the
/// runtime is loaded.
/// </summary>
internal static class RuntimeName
{
    /// <summary>
    /// What a runtime is called, and its version where the dump holds the image's resources, for example <c>coreclr 9.0.25.52411</c>;
    /// null where the process has none.
    /// </summary>
    public static string? Of(string path, IEnumerable<Module> modules)
    {
        string? name = modules.Select(module => module.Name).FirstOrDefault(name => SystemModules.Runtimes.Contains(name, StringComparer.OrdinalIgnoreCase));
        return name is null ? null : VersionOf(path) is { } version ? $"{name} {version}" : name;
    }

    /// <summary>
    /// The dump was read by our own reader before; one that ClrMD refuses, by whatever exception, is one whose version is not known.
    /// </summary>
    private static Version? VersionOf(string path)
    {
        try
        {
            using DataTarget target = DataTarget.LoadDump(path);
            return target.ClrVersions.FirstOrDefault()?.Version is { Major: > 0 } version ? version : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }
}
