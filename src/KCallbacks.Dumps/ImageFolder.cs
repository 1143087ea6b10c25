using KCallbacks.Dumps.Format;

namespace KCallbacks.Dumps;

/// <summary>
/// Images of the modules of dumps that do not hold them: a folder as a symbol store keeps it (<c>name/TIMESTAMPsize/name</c>), or with the files
/// themselves. An image is taken only if its time stamp and size are those of the module.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class ImageFolder(string path)
{
    private readonly Lazy<Dictionary<string, string>> _entries = new(() => EntriesOf(path));

    /// <summary>The image of a module; null where there is none.</summary>
    internal ImageFile? Find(ListedModule module)
    {
        if (module.File.Length == 0 || !_entries.Value.TryGetValue(module.File, out string? entry))
            return null;
        string stored = Path.Combine(entry, $"{module.TimeDateStamp:X8}{module.Size:x}", module.File);
        return ImageFile.TryOpen(Directory.Exists(entry) ? FileOf(stored) : entry, module.TimeDateStamp, module.Size);
    }

    /// <summary>Stores are written by Windows, where case does not matter, and read on systems where it does.</summary>
    private static string FileOf(string stored)
    {
        string store = Path.GetDirectoryName(Path.GetDirectoryName(stored))!;
        string key = Path.GetFileName(Path.GetDirectoryName(stored)!);
        string? folder = EntriesOf(store).GetValueOrDefault(key);
        return folder is null ? stored : EntriesOf(folder).GetValueOrDefault(Path.GetFileName(stored), stored);
    }

    private static Dictionary<string, string> EntriesOf(string folder)
    {
        Dictionary<string, string> entries = new(StringComparer.OrdinalIgnoreCase);
        foreach (string entry in Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder) : [])
            entries.TryAdd(Path.GetFileName(entry), entry);
        return entries;
    }
}
