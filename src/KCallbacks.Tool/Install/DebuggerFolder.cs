namespace KCallbacks.Tool.Install;

/// <summary>The folder in which WinDbg keeps what belongs to the user: <c>%LOCALAPPDATA%\Dbg</c>.</summary>
/// <param name="Path">The folder; need not exist.</param>
internal sealed record DebuggerFolder(string Path)
{
    /// <summary>Name of the package, and so of its folder: the engine insists that they are the same.</summary>
    public const string PackageName = "KernelCallbacks";

    /// <summary>Packages that the user has installed.</summary>
    public string UserExtensions => System.IO.Path.Combine(Path, "UserExtensions");

    /// <summary>Our package.</summary>
    public string Package => System.IO.Path.Combine(UserExtensions, PackageName);

    /// <summary>The folder of the user who runs this.</summary>
    /// <exception cref="InstallException">There is none, for example because this is not Windows.</exception>
    public static DebuggerFolder OfThisUser() => Environment.GetEnvironmentVariable("LOCALAPPDATA") is { Length: > 0 } local
        ? new DebuggerFolder(System.IO.Path.Combine(local, "Dbg"))
        : throw new InstallException("LOCALAPPDATA is not set: WinDbg's folder is known on Windows only. Name it with --into FOLDER.");
}
