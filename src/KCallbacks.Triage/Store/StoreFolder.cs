using System.Globalization;
using System.Text.Json;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Store;

/// <summary>A folder with rows (docs/store.md).</summary>
public sealed class StoreFolder
{
    private const string HeaderFile = "store.json";
    private const string Product = "kcallbacks";
    private const int Version = 1;

    private static readonly byte[] Header = [.. """{"store":"kcallbacks","version":1}"""u8, (byte)'\n'];

    private StoreFolder(string path) => Path = path;

    /// <summary>The folder's whole path.</summary>
    public string Path { get; }

    /// <summary>The files with rows, by name.</summary>
    public IReadOnlyList<string> RowFiles => [.. Directory.EnumerateFiles(Path, "rows-*.jsonl").Order(StringComparer.Ordinal)];

    /// <summary>Opens a store to read it.</summary>
    /// <exception cref="StoreException">It is none, or one of another version.</exception>
    public static StoreFolder Open(string path)
    {
        if (!Directory.Exists(path))
            throw new StoreException($"there is no store {path}; kcallbacks triage INPUT... --store {path} makes one");
        if (!File.Exists(HeaderOf(path)))
            throw new StoreException($"{path} is no store: it has no file {HeaderFile}");
        DemandVersion(path);
        return new StoreFolder(System.IO.Path.GetFullPath(path));
    }

    /// <summary>Opens a store to write to it; makes it where there is none. Many programs may do so at once.</summary>
    /// <exception cref="StoreException">The folder holds something else, or cannot be written to.</exception>
    public static StoreFolder Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            if (!File.Exists(HeaderOf(path)))
                WriteHeader(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the store {path} cannot be made: {error.Message}");
        }

        return Open(path);
    }

    /// <summary>All rows, in no particular order. A line that is no row is left out.</summary>
    public IEnumerable<TriageRow> Rows()
    {
        foreach (string file in RowFiles)
        {
            foreach (ReadOnlyMemory<byte> line in RowLines.Of(file))
            {
                if (RowText.TryRead(line.Span, out TriageRow? row))
                    yield return row;
            }
        }
    }

    /// <summary>The file of a shard's rows; it need not be there.</summary>
    internal string RowFileOf(Shard shard) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"rows-{shard.Number}-of-{shard.Count}.jsonl"));

    /// <summary>
    /// The files in which a run of a shard may find what it need not do again: its own, and those of runs with another count. Shards of one
    /// count have nothing in common.
    /// </summary>
    internal IEnumerable<string> RowFilesFor(Shard shard) =>
        RowFiles.Where(file => file == RowFileOf(shard) || !file.EndsWith(string.Create(CultureInfo.InvariantCulture, $"-of-{shard.Count}.jsonl"), StringComparison.Ordinal));

    private static string HeaderOf(string path) => System.IO.Path.Combine(path, HeaderFile);

    /// <summary>Whoever else writes it at the same time writes the same.</summary>
    private static void WriteHeader(string path)
    {
        if (Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry)).FirstOrDefault(name => !IsOurs(name)) is { } foreign)
            throw new StoreException($"{path} is no store, and not empty ({foreign}); name a folder of its own");
        string unfinished = System.IO.Path.Combine(path, $"{Product}-{Guid.NewGuid():N}.tmp");
        File.WriteAllBytes(unfinished, Header);
        File.Move(unfinished, HeaderOf(path), overwrite: true);
    }

    private static bool IsOurs(string name) =>
        name == HeaderFile
        || (name.StartsWith("rows-", StringComparison.Ordinal) && System.IO.Path.GetExtension(name) is ".jsonl" or ".lock")
        || (name.StartsWith($"{Product}-", StringComparison.Ordinal) && System.IO.Path.GetExtension(name) is ".tmp");

    private static void DemandVersion(string path)
    {
        try
        {
            using JsonDocument header = JsonDocument.Parse(File.ReadAllBytes(HeaderOf(path)));
            if (header.RootElement.GetProperty("store").GetString() != Product)
                throw new StoreException($"{path} is a store of another program");
            int version = header.RootElement.GetProperty("version").GetInt32();
            if (version != Version)
                throw new StoreException($"{path} is a store of version {version}, and this program reads version {Version}; use the version of kcallbacks that made it");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StoreException($"{HeaderOf(path)} is damaged; a store of version {Version} has this text there: {System.Text.Encoding.ASCII.GetString(Header).TrimEnd()}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the store {path} cannot be read: {error.Message}");
        }
    }
}
