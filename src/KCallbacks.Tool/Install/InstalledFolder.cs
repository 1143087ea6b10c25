namespace KCallbacks.Tool.Install;

/// <summary>
/// The folder of the installed package, which is replaced or removed as a whole: what is new is made beside it and put in its place by
/// renaming. Whoever looks, even after a power failure, finds a whole package or none.
/// </summary>
/// <param name="path">The folder; need not exist.</param>
internal sealed class InstalledFolder(string path)
{
    private readonly string _parent = Path.GetDirectoryName(path)!;

    /// <summary>Where the new package is made.</summary>
    public string New => Beside("new");

    private string Old => Beside("old");

    /// <summary>Removes what an install left that was ended in its midst; a package that it had put aside is put back.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Recover()
    {
        if (Directory.Exists(Old) && !Directory.Exists(path))
            Directory.Move(Old, path);
        DeleteIfThere(Old);
        DeleteIfThere(New);
    }

    /// <summary>Makes sure that all of the package can be replaced, while nothing of it has been changed yet.</summary>
    /// <exception cref="InstallException">A file is locked, or may not be deleted.</exception>
    public void DemandReplaceable()
    {
        if (!Directory.Exists(path))
            return;
        foreach (string entry in Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories).Prepend(path))
        {
            try
            {
                TryChange(entry);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new InstallException($"The installed package cannot be replaced, and nothing was changed: {exception.Message}");
            }
        }
    }

    /// <summary>Puts the new package in place of the old one.</summary>
    /// <exception cref="InstallException">It cannot be; the old one is in its place.</exception>
    public void Replace()
    {
        PutAside();
        try
        {
            Directory.Move(New, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(Old))
                Directory.Move(Old, path);
            throw new InstallException($"The new package cannot be put in its place, and nothing was changed: {exception.Message}");
        }

        DeleteIfThere(Old);
    }

    /// <summary>Removes the package.</summary>
    /// <exception cref="InstallException">It cannot be removed, and is as it was.</exception>
    /// <exception cref="IOException">It is put aside and cannot be deleted there.</exception>
    public void Remove()
    {
        PutAside();
        DeleteIfThere(Old);
    }

    /// <summary>Deletes the new package when it was not put in place.</summary>
    public void Discard() => DeleteIfThere(New);

    private void PutAside()
    {
        if (!Directory.Exists(path))
            return;
        try
        {
            Directory.Move(path, Old);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InstallException($"The installed package cannot be moved, and nothing was changed: {exception.Message}");
        }
    }

    /// <summary>Opens a file as only somebody can who may replace it; makes and deletes a file in a folder.</summary>
    private static void TryChange(string entry)
    {
        if (Directory.Exists(entry))
        {
            string trial = Path.Combine(entry, "." + Path.GetRandomFileName());
            using (new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return;
        }

        FileAccess access = IsReadOnly(entry) ? FileAccess.Read : FileAccess.ReadWrite;
        using (new FileStream(entry, FileMode.Open, access, FileShare.None))
            return;
    }

    private static bool IsReadOnly(string file) => File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly);

    private string Beside(string what) => Path.Combine(_parent, $".{Path.GetFileName(path)}.{what}");

    private static void DeleteIfThere(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        // Windows deletes no file that is marked read-only.
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsReadOnly))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }
}
