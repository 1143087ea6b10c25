using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Xml;

namespace KCallbacks.Tool.Install;

/// <summary>
/// Checks why <c>!kcallbacks</c> might not load by itself. The engine ignores what it cannot use and says nothing.
/// </summary>
/// <param name="folder">WinDbg's folder.</param>
/// <param name="machine">Architecture of the machine, and so of WinDbg's engine.</param>
internal sealed class Doctor(DebuggerFolder folder, Architecture machine)
{
    private const string Reinstall = "Install again: kcallbacks install, in the folder of an unpacked release (scripts/install in the repository)";

    /// <summary>Everything that was looked at, in order. Later steps are left out when an earlier one makes them pointless.</summary>
    public IReadOnlyList<Diagnosis> Examine() => [.. Gallery(), .. Package()];

    private IEnumerable<Diagnosis> Gallery()
    {
        if (!Directory.Exists(folder.Path))
        {
            yield return new Diagnosis(false, $"{folder.Path} does not exist", Reinstall);
            yield break;
        }

        string[] disabling = [.. Directory.EnumerateFiles(folder.Path, "*.xml").Where(DisablesGallery)];
        yield return disabling.Length == 0
            ? Diagnosis.Well("no settings file disables the extension gallery")
            : new Diagnosis(
                false,
                $"{disabling[0]} sets ExtensionRepository to Disable",
                "In WinDbg: dx Debugger.Settings.Extensions.ExtensionRepository = \"Implicit\", then .settings save, and start it again");
    }

    private IEnumerable<Diagnosis> Package()
    {
        if (!Directory.Exists(folder.Package))
        {
            yield return new Diagnosis(false, $"{folder.Package} does not exist", Reinstall);
            yield break;
        }

        PackageManifest? manifest = ManifestOf(folder.Package, out string? problem);
        if (manifest is null)
        {
            yield return new Diagnosis(false, problem!, Reinstall);
            yield break;
        }

        yield return Diagnosis.Well($"the manifest is for version {manifest.Version}");
        foreach (PackageLibrary library in manifest.Libraries)
            yield return LookAt(library);
        yield return Engine([.. manifest.Libraries.Select(library => library.Architecture)]);
    }

    private static PackageManifest? ManifestOf(string package, out string? problem)
    {
        try
        {
            problem = null;
            return PackageManifest.Read(package);
        }
        catch (InstallException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static Diagnosis LookAt(PackageLibrary library)
    {
        if (!File.Exists(library.Path))
            return new Diagnosis(false, $"{library.Path} does not exist", Reinstall);
        Machine? found = MachineOf(library.Path);
        return found is { } value && NameOf(value) == library.Architecture
            ? Diagnosis.Well($"{library.Path} is a library for {library.Architecture}")
            : new Diagnosis(false, $"{library.Path} is {(found is { } other ? $"for {other}" : "no library")}, and the manifest says {library.Architecture}", Reinstall);
    }

    private Diagnosis Engine(string[] architectures)
    {
        string wanted = machine == Architecture.Arm64 ? "arm64" : "amd64";
        return architectures.Contains(wanted)
            ? Diagnosis.Well($"there is a library for the engine of this machine ({wanted})")
            : new Diagnosis(
                false,
                $"there is no library for the engine of this machine ({wanted}), only for {string.Join(", ", architectures)}",
                "Build the package on a Windows machine with that architecture's tools, or use a debugger of the other architecture");
    }

    private static bool DisablesGallery(string file)
    {
        try
        {
            return BoundedXml.Load(file).DescendantsAndSelf("Setting").Any(setting =>
                (string?)setting.Attribute("Name") == "ExtensionRepository" && string.Equals((string?)setting.Attribute("Value"), "Disable", StringComparison.OrdinalIgnoreCase));
        }
        catch (XmlException)
        {
            // The debugger makes nothing of it either.
            return false;
        }
    }

    private static Machine? MachineOf(string path)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(path));
            return reader.PEHeaders.CoffHeader.Machine;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static string NameOf(Machine machine) => machine switch
    {
        Machine.Amd64 => "amd64",
        Machine.Arm64 => "arm64",
        Machine.I386 => "x86",
        _ => machine.ToString(),
    };
}
