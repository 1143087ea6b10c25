using System.IO.Compression;
using System.IO.Enumeration;

namespace KCallbacks.Tool.Inputs;

/// <summary>What the words of a command line name: files, folders with all that lies in them, patterns, lists, archives, standard input.</summary>
/// <param name="choice">What the user says of them.</param>
/// <param name="standardInput">Standard input.</param>
/// <param name="watch">Told what the file system is asked; null where nobody watches.</param>
internal sealed class InputList(InputChoice choice, Stream standardInput, FileSystemWatch? watch = null)
{
    private readonly FileSystemWatch _watch = watch ?? new FileSystemWatch(TimeProvider.System);

    /// <summary>An archive with more is none that somebody made to send dumps.</summary>
    private const int MostEntries = 10_000;

    private const char ListMark = '@';

    /// <summary>In folders and archives lies much else; a file that is named is read whatever its name is.</summary>
    private static readonly string[] Endings = [".dmp", ".mdmp", ".hdmp", ".dump", ".txt", ".log", ".json", ".gz", ".zip"];

    private static readonly EnumerationOptions AllBelow = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>The inputs in the order of the words; those of a folder, pattern or archive by name.</summary>
    /// <exception cref="InputException">A list cannot be read.</exception>
    public IEnumerable<Input> Expand(IEnumerable<string> words) => Files(words, inOrder: true).SelectMany(InputsOf);

    /// <summary>The files that the words name, with archives closed.</summary>
    /// <param name="words">The words.</param>
    /// <param name="inOrder">Whether those of a folder or pattern come by name; otherwise they come as they are found, and none is remembered.</param>
    /// <exception cref="InputException">A list cannot be read.</exception>
    public IEnumerable<NamedFile> Files(IEnumerable<string> words, bool inOrder) => words.SelectMany(word => FilesOf(word, inOrder));

    /// <summary>What a file holds: itself, or what lies in it where it is an archive.</summary>
    public IEnumerable<Input> InputsOf(NamedFile file) =>
        file.Problem is { } problem ? [Input.Wrong(file.Path, problem)] : IsArchive(file.Path) && IsFile(file.Path) ? ExpandArchive(file.Path) : [Plain(file.Path)];

    private IEnumerable<NamedFile> FilesOf(string word, bool inOrder)
    {
        if (word.Length > 1 && word[0] == ListMark && !IsFile(word))
            return ReadList(word[1..]).SelectMany(path => FilesOfPath(path, inOrder));
        return FilesOfPath(word, inOrder);
    }

    private IEnumerable<NamedFile> FilesOfPath(string path, bool inOrder)
    {
        if (path == InputSource.StandardInput)
            return [new(path, path)];
        if (IsFolder(path))
            return FilesOfFolder(path, path, inOrder);
        return IsPattern(path) && !IsFile(path) ? FilesOfPattern(path, inOrder) : [new(path, path)];
    }

    private IEnumerable<NamedFile> FilesOfFolder(string folder, string root, bool inOrder)
    {
        IEnumerable<string> files = _watch.Ask(folder, Directory.EnumerateFiles(folder, "*", AllBelow)).Where(IsOfInterest);
        bool isEmpty = true;
        foreach (string file in inOrder ? files.Order(StringComparer.Ordinal) : files)
        {
            isEmpty = false;
            yield return new(file, Path.GetRelativePath(root, file));
        }

        if (isEmpty)
            yield return new(folder, Path.GetRelativePath(root, folder), new InputException($"no file in this folder ends in {string.Join(", ", Endings)}; name the files"));
    }

    /// <summary>The shell of Windows leaves patterns to programs; on others they come here in quotes.</summary>
    private IEnumerable<NamedFile> FilesOfPattern(string pattern, bool inOrder)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } parent ? parent : ".";
        if (IsPattern(folder))
            return [new(pattern, pattern, new InputException("a pattern may stand in the file's name only, not in a folder's; name the folder to have all below it"))];
        return IsFolder(folder) ? Matches(pattern, folder, inOrder) : [new(pattern, pattern)];
    }

    private IEnumerable<NamedFile> Matches(string pattern, string folder, bool inOrder)
    {
        string name = Path.GetFileName(pattern);
        IEnumerable<string> matches = _watch.Ask(folder, Directory.EnumerateFileSystemEntries(folder))
            .Where(entry => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(entry), ignoreCase: OperatingSystem.IsWindows()))
            .Select(entry => folder == "." && !pattern.StartsWith('.') ? Path.GetFileName(entry) : entry);
        bool isEmpty = true;
        foreach (string match in inOrder ? matches.Order(StringComparer.Ordinal) : matches)
        {
            isEmpty = false;
            foreach (NamedFile file in IsFolder(match) ? FilesOfFolder(match, folder, inOrder) : [new(match, Path.GetRelativePath(folder, match))])
                yield return file;
        }

        if (isEmpty)
            yield return new(pattern, pattern, new InputException("no file has such a name"));
    }

    private Input Plain(string path) => new(path, opened => InputSource.Open(path, choice, standardInput, opened));

    private IEnumerable<Input> ExpandArchive(string path)
    {
        try
        {
            using ZipArchive zip = _watch.Ask(path, () => ZipFile.OpenRead(path));
            if (zip.Entries.Count > MostEntries)
                return [Input.Wrong(path, new InputException($"it holds {zip.Entries.Count:N0} files, and {MostEntries:N0} are read at most; unpack it first"))];
            ZipArchiveEntry[] files = [.. zip.Entries.Where(entry => !entry.FullName.EndsWith('/')).DistinctBy(entry => entry.FullName).OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
            ZipArchiveEntry[] wanted = [.. files.Where(entry => IsOfInterest(entry.FullName))];
            // Who sends one dump under any name means it.
            wanted = wanted.Length > 0 ? wanted : files.Length == 1 ? files : [];
            return wanted.Length > 0
                ? [.. wanted.Select(entry => Input.OfZip(path, entry.FullName, choice, entry.Length))]
                : [Input.Wrong(path, new InputException($"none of its {files.Length:N0} files ends in {string.Join(", ", Endings)}; unpack it first"))];
        }
        catch (InvalidDataException damaged)
        {
            return [Input.Wrong(path, new InputException($"it is no zip archive, or a damaged one: {damaged.Message}"))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Opening it again says why.
            return [Plain(path)];
        }
    }

    private IEnumerable<string> ReadList(string path)
    {
        using StreamReader reader = OpenList(path);
        bool isEmpty = true;
        while (LineOf(reader, path) is { } line)
        {
            if (line.Trim().Trim('"') is not { Length: > 0 } name)
                continue;
            isEmpty = false;
            yield return name;
        }

        if (isEmpty)
            throw new InputException($"the list {InputSource.NameOf(path)} names no file");
    }

    private StreamReader OpenList(string path)
    {
        try
        {
            return new StreamReader(path == InputSource.StandardInput ? standardInput : _watch.Ask(path, () => File.OpenRead(path)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error);
        }
    }

    private static string? LineOf(StreamReader list, string path)
    {
        try
        {
            return list.ReadLine();
        }
        catch (IOException error)
        {
            throw Unreadable(path, error);
        }
    }

    private static InputException Unreadable(string path, Exception error) => new($"the list {InputSource.NameOf(path)} cannot be read: {error.Message}");

    private bool IsFile(string path) => _watch.Ask(path, () => File.Exists(path));

    private bool IsFolder(string path) => _watch.Ask(path, () => Directory.Exists(path));

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    private static bool IsArchive(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfInterest(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
