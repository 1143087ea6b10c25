namespace KCallbacks.Tool.Install;

/// <summary>Keeps a second install or uninstall out while one is at work. Ends with the process that holds it.</summary>
internal sealed class InstallLock : IDisposable
{
    private readonly FileStream _file;

    private InstallLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The folder that is locked; must exist.</param>
    /// <exception cref="InstallException">Another program holds it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static InstallLock Take(string folder)
    {
        string path = Path.Combine(folder, $".{DebuggerFolder.PackageName}.lock");
        try
        {
            return new InstallLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException exception)
        {
            throw new InstallException($"Another install or uninstall is at work in {folder}; wait until it has ended. {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
