using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Dumps.Format;
using Microsoft.Diagnostics.Runtime;

namespace KCallbacks.Dumps;

/// <summary>A .NET runtime in a dump.</summary>
/// <param name="Module">Its module, for example <c>coreclr</c>.</param>
/// <param name="Version">The module's file version; null where the dump does not tell.</param>
public sealed record RuntimeName(string Module, Version? Version)
{
    /// <summary>From this version on a runtime says in its own memory where its data lies.</summary>
    private const int FirstThatDescribesItself = 10;

    /// <summary>Whether names of methods could be read, did the dump hold the runtime's memory; null where the version is not known.</summary>
    public bool? DescribesItself => !SystemModules.IsCoreRuntime(Module) ? false : Version is null ? null : Version.Major >= FirstThatDescribesItself;

    /// <summary><c>coreclr 9.0.25.52411</c>.</summary>
    public override string ToString() => Version is null ? Module : $"{Module} {Version}";

    /// <summary>The runtime; null where the process has none.</summary>
    /// <param name="path">The dump.</param>
    /// <param name="modules">The names of its modules.</param>
    /// <param name="listed">What it lists of the same modules, in the same order.</param>
    internal static RuntimeName? Of(string path, IReadOnlyList<Module> modules, IReadOnlyList<ListedModule> listed)
    {
        for (int i = 0; i < modules.Count; i++)
        {
            if (SystemModules.Runtimes.Contains(modules[i].Name, StringComparer.OrdinalIgnoreCase))
                return new RuntimeName(modules[i].Name, VersionOf(listed[i].FileVersion) ?? VersionIn(path));
        }

        return null;
    }

    /// <summary>A version as the list of modules has it, four numbers in one; null for none.</summary>
    private static Version? VersionOf(ulong version) => version == 0
        ? null
        : new Version((int)(version >> 48), (int)(version >> 32) & 0xffff, (int)(version >> 16) & 0xffff, (int)version & 0xffff);

    /// <summary>
    /// The version that the image itself has, as ClrMD reads it; nothing of the runtime is loaded. The dump was read by our own reader before;
    /// one that ClrMD refuses, by whatever exception, is one whose version is not known.
    /// </summary>
    private static Version? VersionIn(string path)
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
