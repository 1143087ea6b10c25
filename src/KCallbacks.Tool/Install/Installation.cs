namespace KCallbacks.Tool.Install;

/// <summary>Puts the package into WinDbg's folder and takes it away. Says what it does; changes nothing when it refuses.</summary>
/// <param name="folder">WinDbg's folder.</param>
/// <param name="output">Gets what was done.</param>
internal sealed class Installation(DebuggerFolder folder, TextWriter output)
{
    /// <summary>Installs, in place of an older version.</summary>
    /// <exception cref="InstallException">The package is damaged, or the installed one is in use.</exception>
    public void Install(ReleasePackage package)
    {
        package.Verify();
        RefuseWhileInUse();
        string unpacked = Path.Combine(folder.UserExtensions, $".{DebuggerFolder.PackageName}.new");
        DeleteIfThere(unpacked);
        try
        {
            package.UnpackTo(unpacked);
            DeleteIfThere(folder.Package);
            Directory.Move(unpacked, folder.Package);
        }
        catch
        {
            DeleteIfThere(unpacked);
            throw;
        }

        foreach (string file in Directory.EnumerateFiles(folder.Package, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            output.WriteLine($"installed {file}");
        output.WriteLine("Start WinDbg: !kcallbacks and dx @$kernelcallbacks() work in every session.");
    }

    /// <summary>Takes the package away, and the folders around it when they are empty then.</summary>
    /// <exception cref="InstallException">It is in use.</exception>
    public void Uninstall()
    {
        if (!Directory.Exists(folder.Package))
        {
            output.WriteLine($"Nothing is installed in {folder.UserExtensions}.");
            return;
        }

        RefuseWhileInUse();
        Directory.Delete(folder.Package, recursive: true);
        output.WriteLine($"removed {folder.Package}");
        foreach (string around in new[] { folder.UserExtensions, folder.Path })
        {
            if (Directory.EnumerateFileSystemEntries(around).Any())
                return;
            Directory.Delete(around);
            output.WriteLine($"removed {around}");
        }
    }

    private void RefuseWhileInUse()
    {
        IReadOnlyList<string> users = LibraryUsers.Of(folder.Package);
        if (users.Count > 0)
            throw new InstallException($"kcallbacks.dll is in use by {string.Join(", ", users)}. Close the debugger first; .unload is not enough, the DLL stays loaded.");
    }

    private static void DeleteIfThere(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
