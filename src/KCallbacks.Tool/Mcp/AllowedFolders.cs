using System.Collections.Immutable;

namespace KCallbacks.Tool.Mcp;

/// <summary>The folders whose files may be read. What lies elsewhere, or is a link that leads elsewhere, may not, and is not told from what is not there.</summary>
internal sealed class AllowedFolders
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly ImmutableArray<string> _folders;

    /// <summary>Allows folders and all below them.</summary>
    /// <exception cref="IOException">The links in one cannot be followed.</exception>
    public AllowedFolders(IEnumerable<string> folders) => _folders = [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(RealPath.Of(folder)))];

    /// <summary>The folders, links followed.</summary>
    public ImmutableArray<string> All => _folders;

    /// <summary>The file or folder that a client names, links followed: by a full path, or as it lies below one of the folders.</summary>
    /// <exception cref="ToolException">There is none that may be read.</exception>
    public string Find(string path)
    {
        foreach (string folder in _folders)
        {
            if (TryFind(folder, path) is { } found)
                return found;
        }

        throw new ToolException($"'{BoundedJson.Harmless(path)}' is not in the folders that may be read: {string.Join(", ", _folders)}");
    }

    /// <summary>Whether a file lies in the folders, after its links were followed.</summary>
    public bool Holds(string path) => _folders.Any(folder => TryFind(folder, path) is not null);

    private static string? TryFind(string folder, string path)
    {
        try
        {
            string real = RealPath.Of(Path.Combine(folder, path));
            return IsWithin(folder, real) && Path.Exists(real) ? real : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsWithin(string folder, string path) =>
        path.Equals(folder, Comparison)
        || (path.StartsWith(folder, Comparison) && (Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar));
}
