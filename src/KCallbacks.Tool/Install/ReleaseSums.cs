namespace KCallbacks.Tool.Install;

/// <summary><c>SHA256SUMS</c>: the checksums of the files beside it, in the format of <c>sha256sum</c>.</summary>
internal sealed class ReleaseSums
{
    /// <summary>Its name.</summary>
    public const string FileName = "SHA256SUMS";

    private const long Largest = 1 << 20;

    private readonly string _path;
    private readonly Dictionary<string, string> _sums;

    private ReleaseSums(string path, Dictionary<string, string> sums)
    {
        _path = path;
        _sums = sums;
    }

    /// <summary>The files it names.</summary>
    public IEnumerable<string> Names => _sums.Keys;

    /// <summary>Reads the checksums that lie beside a file.</summary>
    /// <exception cref="InstallException">There are none.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static ReleaseSums Beside(string file)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, FileName);
        if (!File.Exists(path))
            throw new InstallException($"There is no {FileName} beside {file}, so that it cannot be checked. Download both.");
        if (new FileInfo(path).Length > Largest)
            throw new InstallException($"{path} is no file of checksums: it is larger than {Largest >> 20} MB.");
        Dictionary<string, string> sums = new(StringComparer.Ordinal);
        foreach (string[] words in File.ReadLines(path).Select(line => line.Split((char[])[' ', '*'], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words is [var sum, var name])
                sums.TryAdd(name, sum);
        }

        return new ReleaseSums(path, sums);
    }

    /// <summary>The sum of a file, hexadecimal.</summary>
    /// <exception cref="InstallException">It has none.</exception>
    public string Of(string name) => _sums.TryGetValue(name, out string? sum) ? sum : throw new InstallException($"{_path} does not name {name}.");
}
