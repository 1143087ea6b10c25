namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Module names as they are printed in paths, cells and quotes.</summary>
internal static class ModuleText
{
    /// <summary>The file's name without the folders before it, and without the extension of a symbol file.</summary>
    public static ReadOnlySpan<byte> FileName(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = path.Trim(" \t\""u8);
        name = name[(name.LastIndexOfAny("\\/"u8) + 1)..];
        return name.EndsWith(".pdb"u8) ? name[..^4] : name;
    }

    /// <summary>Whether the text ends as the names of loaded files do: a dot and three letters, or <c>.so</c> under Wine.</summary>
    public static bool EndsAsFileName(ReadOnlySpan<byte> module) => CallSite.EndsAsFileName(module) || module.EndsWith(".so"u8);
}
