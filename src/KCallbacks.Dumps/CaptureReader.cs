using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Dumps.Format;

namespace KCallbacks.Dumps;

/// <summary>Reads what a dump says of itself.</summary>
internal static class CaptureReader
{
    /// <summary>A CodeView entry of a PDB 7: <c>RSDS</c>, a GUID, an age, a name.</summary>
    private const int CodeViewHeader = 24;

    private const int LongestCodeView = CodeViewHeader + 0x400;

    /// <summary>The capture that a dump is.</summary>
    /// <param name="content">The dump.</param>
    /// <param name="process">The process in it.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static Capture Read(MinidumpContent content, IProcessView process) => new()
    {
        Program = content.Modules.Count > 0 ? content.Modules[0].File : null,
        CommandLine = ProcessParameters.CommandLineOf(process),
        ProcessId = content.Process.ProcessId,
        Machine = ProcessParameters.ComputerOf(process),
        Started = content.Process.Started,
        Made = content.Header.Made,
        Windows = content.System.WindowsBuild is { } build ? string.Create(CultureInfo.InvariantCulture, $"{content.System.Version}.{build}") : null,
        Exception = content.Exception is { } exception ? new(exception.Code, exception.Address, exception.SystemId) : null,
        Memory = content.Header.IsFull ? "full" : HasMoreThanStacks(content, process) ? "partial" : "stacks",
        Lacks = [.. Lacks(content, process)],
        Modules = [.. content.Modules.Select(module => Of(module, content.File))],
    };

    private static IEnumerable<string> Lacks(MinidumpContent content, IProcessView process)
    {
        if (!HasImages(process))
            yield return "code and unwind data of images (--images FOLDER gives them)";
        if (process.ProcessEnvironmentBlock is null)
            yield return "environment blocks of threads and process";
        if (content.Handles is null)
            yield return "handles (what a handle stands for, owners of mutexes)";
        if (!content.Header.IsFull)
            yield return "memory that no stack points to (locks, windows)";
    }

    private static bool HasMoreThanStacks(MinidumpContent content, IProcessView process) => HasImages(process) || process.ProcessEnvironmentBlock is not null || content.Handles is not null;

    private static bool HasImages(IProcessView process)
    {
        byte[] start = new byte[2];
        return process.Modules.Any(module => process.TryRead(module.Base, start));
    }

    private static CapturedModule Of(ListedModule module, DumpBytes file)
    {
        (string? pdb, string? id) = SymbolsOf(file.Read(module.CodeView with { Size = Math.Min(module.CodeView.Size, LongestCodeView) }));
        return new(module.File, module.Base, module.Size, module.TimeDateStamp, module.FileVersion == 0 ? null : VersionText(module.FileVersion), pdb, id);
    }

    private static (string? Pdb, string? Id) SymbolsOf(ReadOnlySpan<byte> entry)
    {
        if (entry.Length <= CodeViewHeader || !entry.StartsWith("RSDS"u8))
            return (null, null);
        ReadOnlySpan<byte> name = entry[CodeViewHeader..];
        int end = name.IndexOf((byte)0);
        string path = Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
        string id = string.Create(CultureInfo.InvariantCulture, $"{new Guid(entry.Slice(4, 16)).ToString("N").ToUpperInvariant()}{Field.UInt32(entry, 20):X}");
        return (path[(path.LastIndexOfAny(['\\', '/']) + 1)..], id);
    }

    private static string VersionText(ulong version) => string.Create(
        CultureInfo.InvariantCulture, $"{version >> 48}.{(version >> 32) & 0xffff}.{(version >> 16) & 0xffff}.{version & 0xffff}");
}
