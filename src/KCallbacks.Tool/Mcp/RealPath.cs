namespace KCallbacks.Tool.Mcp;

/// <summary>Where a path leads when every link on the way is followed; the framework follows only the last one.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows (path_resolution(7)); more are a circle.</summary>
    private const int MostLinks = 40;

    /// <summary>The path without links and without <c>..</c>.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">Its links lead in a circle, or cannot be read.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        for (int links = 0; ; links++)
        {
            if (FirstLink(full) is not var (link, remainder))
                return full;
            if (links == MostLinks)
                throw new IOException("there are too many links in the path");
            full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, TargetOf(link), remainder));
        }
    }

    /// <summary>The outermost part of the path that is a link, and what follows it; null when none is one.</summary>
    private static (string Link, string Remainder)? FirstLink(string full)
    {
        string root = Path.GetPathRoot(full)!;
        for (int end = root.Length; end < full.Length;)
        {
            int next = full.IndexOf(Path.DirectorySeparatorChar, end);
            next = next < 0 ? full.Length : next;
            if (new FileInfo(full[..next]).LinkTarget is not null)
                return (full[..next], full[next..].TrimStart(Path.DirectorySeparatorChar));
            end = next + 1;
        }

        return null;
    }

    private static string TargetOf(string link) => new FileInfo(link).LinkTarget!;
}
