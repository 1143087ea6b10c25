using System.IO.Compression;
using System.IO.Enumeration;

namespace KCallbacks.Tool.Inputs;

/// <summary>What the words of a command line name: files, folders with all that lies in them, patterns, lists, archives, standard input.</summary>
/// <param name="choice">What the user says of them.</param>
/// <param name="standardInput">Standard input.</param>
internal sealed class InputList(InputChoice choice, Stream standardInput)
{
    /// <summary>An archive with more is none that somebody made to send dumps.</summary>
    private const int MostEntries = 10_000;

    private const char ListMark = '@';

    /// <summary>In folders and archives lies much else; a file that is named is read whatever its name is.</summary>
    private static readonly string[] Endings = [".dmp", ".mdmp", ".hdmp", ".dump", ".txt", ".log", ".json", ".gz", ".zip"];

    private static readonly EnumerationOptions AllBelow = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>The inputs in the order of the words; those of a folder, pattern or archive by name.</summary>
    /// <exception cref="InputException">A list cannot be read.</exception>
    public IEnumerable<Input> Expand(IEnumerable<string> words) => words.SelectMany(ExpandWord);

    private IEnumerable<Input> ExpandWord(string word)
    {
        if (word.Length > 1 && word[0] == ListMark && !File.Exists(word))
            return ReadList(word[1..]).SelectMany(ExpandPath);
        return ExpandPath(word);
    }

    private IEnumerable<Input> ExpandPath(string path)
    {
        if (path == InputSource.StandardInput)
            return [Plain(path)];
        if (Directory.Exists(path))
            return ExpandFolder(path);
        if (IsPattern(path) && !File.Exists(path))
            return ExpandPattern(path);
        return IsArchive(path) && File.Exists(path) ? ExpandArchive(path) : [Plain(path)];
    }

    private Input Plain(string path) => new(path, opened => InputSource.Open(path, choice, standardInput, opened));

    private IEnumerable<Input> ExpandFolder(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", AllBelow).Where(IsOfInterest).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files.SelectMany(file => IsArchive(file) ? ExpandArchive(file) : [Plain(file)])
            : [Input.Wrong(folder, new InputException($"no file in this folder ends in {string.Join(", ", Endings)}; name the files"))];
    }

    /// <summary>The shell of Windows leaves patterns to programs; on others they come here in quotes.</summary>
    private IEnumerable<Input> ExpandPattern(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } parent ? parent : ".";
        if (IsPattern(folder))
            return [Input.Wrong(pattern, new InputException("a pattern may stand in the file's name only, not in a folder's; name the folder to have all below it"))];
        if (!Directory.Exists(folder))
            return [Plain(pattern)];
        string name = Path.GetFileName(pattern);
        string[] matches =
        [
            .. Directory.EnumerateFileSystemEntries(folder)
                .Where(entry => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(entry), ignoreCase: OperatingSystem.IsWindows()))
                .Select(entry => folder == "." && !pattern.StartsWith('.') ? Path.GetFileName(entry) : entry)
                .Order(StringComparer.Ordinal),
        ];
        return matches.Length > 0 ? matches.SelectMany(ExpandMatch) : [Input.Wrong(pattern, new InputException("no file has such a name"))];
    }

    private IEnumerable<Input> ExpandMatch(string path) =>
        Directory.Exists(path) ? ExpandFolder(path) : IsArchive(path) ? ExpandArchive(path) : [Plain(path)];

    private IEnumerable<Input> ExpandArchive(string path)
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count > MostEntries)
                return [Input.Wrong(path, new InputException($"it holds {zip.Entries.Count:N0} files, and {MostEntries:N0} are read at most; unpack it first"))];
            string[] files = [.. zip.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith('/')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            string[] wanted = [.. files.Where(IsOfInterest)];
            // Who sends one dump under any name means it.
            wanted = wanted.Length > 0 ? wanted : files.Length == 1 ? files : [];
            return wanted.Length > 0
                ? wanted.Select(name => Input.OfZip(path, name, choice))
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

    private List<string> ReadList(string path)
    {
        try
        {
            using Stream list = path == InputSource.StandardInput ? standardInput : File.OpenRead(path);
            using var reader = new StreamReader(list);
            List<string> lines = [];
            while (reader.ReadLine() is { } line)
                lines.Add(line.Trim().Trim('"'));
            lines.RemoveAll(line => line.Length == 0);
            return lines.Count > 0 ? lines : throw new InputException($"the list {InputSource.NameOf(path)} names no file");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the list {InputSource.NameOf(path)} cannot be read: {error.Message}");
        }
    }

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    private static bool IsArchive(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfInterest(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
