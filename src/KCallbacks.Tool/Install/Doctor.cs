using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace KCallbacks.Tool.Install;

/// <summary>
/// Looks why <c>!kcallbacks</c> might not load by itself. The engine passes over what it does not like without a word.
/// </summary>
/// <param name="folder">WinDbg's folder.</param>
/// <param name="machine">Architecture of the machine, and so of WinDbg's engine.</param>
internal sealed class Doctor(DebuggerFolder folder, Architecture machine)
{
    private const string Reinstall = "Install again: scripts/install";

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

        string[] manifests = Directory.GetFiles(folder.Package, "*.xml");
        if (manifests.Length != 1)
        {
            yield return new Diagnosis(false, $"{folder.Package} has {manifests.Length} manifests; the engine wants exactly one .xml", Reinstall);
            yield break;
        }

        XElement? package = Read(manifests[0]);
        if (package?.Element("Name")?.Value != DebuggerFolder.PackageName || package.Element("Version")?.Value is not { } version)
        {
            yield return new Diagnosis(false, $"{manifests[0]} is no manifest of {DebuggerFolder.PackageName}", Reinstall);
            yield break;
        }

        yield return Diagnosis.Well($"the manifest is for version {version}");
        XElement[] files = [.. package.Descendants("File")];
        foreach (XElement file in files)
            yield return Library(file, version);
        yield return Engine([.. files.Select(file => (string?)file.Attribute("Architecture"))]);
    }

    private Diagnosis Library(XElement file, string version)
    {
        string architecture = (string?)file.Attribute("Architecture") ?? "";
        string module = ((string?)file.Attribute("Module") ?? "").Replace('\\', Path.DirectorySeparatorChar).TrimStart(Path.DirectorySeparatorChar);
        string path = Path.Combine(folder.Package, version, module);
        if (!File.Exists(path))
            return new Diagnosis(false, $"{path} does not exist", Reinstall);
        Machine? found = MachineOf(path);
        return found is { } value && NameOf(value) == architecture
            ? Diagnosis.Well($"{path} is a library for {architecture}")
            : new Diagnosis(false, $"{path} is {(found is { } other ? $"for {other}" : "no library")}, and the manifest says {architecture}", Reinstall);
    }

    private Diagnosis Engine(string?[] architectures)
    {
        string wanted = machine == Architecture.Arm64 ? "arm64" : "amd64";
        return architectures.Contains(wanted)
            ? Diagnosis.Well($"there is a library for the engine of this machine ({wanted})")
            : new Diagnosis(
                false,
                $"there is no library for the engine of this machine ({wanted}), only for {string.Join(", ", architectures)}",
                "Build the package on a Windows machine with that architecture's tools, or use a debugger of the other architecture");
    }

    private static bool DisablesGallery(string file) => Read(file) is { } settings && settings.DescendantsAndSelf("Setting").Any(setting =>
        (string?)setting.Attribute("Name") == "ExtensionRepository" && string.Equals((string?)setting.Attribute("Value"), "Disable", StringComparison.OrdinalIgnoreCase));

    /// <summary>The package of a manifest, or the root of another XML file; null when it is no XML.</summary>
    private static XElement? Read(string file)
    {
        try
        {
            XElement root = XElement.Load(file);
            return root.Element("ExtensionPackage") ?? root;
        }
        catch (XmlException)
        {
            return null;
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
