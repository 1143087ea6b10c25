namespace KCallbacks.Build.Packaging;

/// <summary>The programs of a release, built.</summary>
/// <param name="Libraries">Paths of the extension by the gallery's name of the architecture, for example <c>amd64</c>.</param>
internal sealed record ReleasedPrograms(IReadOnlyDictionary<string, string> Libraries)
{
    /// <summary>Path of the tool for Windows; null where it was not built.</summary>
    public string? WindowsTool { get; init; }

    /// <summary>Path of the tool for Linux; null where it was not built: on Windows it cannot be.</summary>
    public string? LinuxTool { get; init; }

    /// <summary>The symbols of those that have been built with them, by the folder they get in the release.</summary>
    public IReadOnlyDictionary<string, string> Symbols
    {
        get
        {
            (string Of, string? Path)[] files =
            [
                .. Libraries.Select(library => ($"extension-{library.Key}", (string?)Path.ChangeExtension(library.Value, ".pdb"))),
                ("tool-linux-x64", LinuxTool + ".dbg"),
                ("tool-win-x64", Path.ChangeExtension(WindowsTool, ".pdb")),
            ];
            return files.Where(file => File.Exists(file.Path)).ToDictionary(file => file.Of, file => file.Path!);
        }
    }
}
