namespace KCallbacks.Tool.Install;

/// <summary>Puts the package into WinDbg's folder and removes it. Says what it does; changes nothing when it refuses.</summary>
/// <param name="folder">WinDbg's folder.</param>
/// <param name="output">Gets what was done.</param>
internal sealed class Installation(DebuggerFolder folder, TextWriter output)
{
    /// <summary>The folders around the package, the inner one first.</summary>
    private string[] Around => [folder.UserExtensions, folder.Path];

    /// <summary>Installs, in place of an older version.</summary>
    /// <exception cref="InstallException">The package is damaged, or the installed one is in use.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void Install(IRelease package)
    {
        RefuseWhileInUse();
        string[] made = [.. Around.Where(around => !Directory.Exists(around))];
        try
        {
            Directory.CreateDirectory(folder.UserExtensions);
            using (InstallLock.Take(folder.UserExtensions))
                Replace(package, new InstalledFolder(folder.Package));
        }
        catch
        {
            DeleteEmpty(made, _ => { });
            throw;
        }

        foreach (string file in Directory.EnumerateFiles(folder.Package, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            output.WriteLine($"installed {file}");
        output.WriteLine("Start WinDbg: !kcallbacks and dx @$kernelcallbacks() work in every session.");
    }

    /// <summary>Removes the package, and the folders around it when they are empty then.</summary>
    /// <exception cref="InstallException">It is in use, or cannot be removed.</exception>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Uninstall()
    {
        if (!Directory.Exists(folder.Package))
        {
            output.WriteLine($"Nothing is installed in {folder.UserExtensions}.");
            return;
        }

        RefuseWhileInUse();
        using (InstallLock.Take(folder.UserExtensions))
        {
            var installed = new InstalledFolder(folder.Package);
            installed.Recover();
            installed.DemandReplaceable();
            installed.Remove();
        }

        output.WriteLine($"removed {folder.Package}");
        DeleteEmpty(Around, around => output.WriteLine($"removed {around}"));
    }

    private static void Replace(IRelease package, InstalledFolder installed)
    {
        installed.Recover();
        installed.DemandReplaceable();
        try
        {
            package.UnpackTo(installed.New);
            Check(installed.New);
            installed.Replace();
        }
        finally
        {
            installed.Discard();
        }
    }

    /// <summary>Makes sure that what was unpacked is a package that the engine loads.</summary>
    private static void Check(string unpacked)
    {
        var manifest = PackageManifest.Read(unpacked);
        if (manifest.Libraries.FirstOrDefault(library => !File.Exists(library.Path)) is { } missing)
            throw new InstallException($"The package is damaged: {Path.GetRelativePath(unpacked, missing.Path)} is missing.");
    }

    private void RefuseWhileInUse()
    {
        if (!Directory.Exists(folder.Package))
            return;
        IReadOnlyList<string> users = LibraryUsers.Of(folder.Package);
        if (users.Count > 0)
            throw new InstallException($"kcallbacks.dll is in use by {string.Join(", ", users)}. Close the debugger first; .unload is not enough, the DLL stays loaded.");
    }

    private static void DeleteEmpty(IEnumerable<string> folders, Action<string> say)
    {
        foreach (string empty in folders.Where(Directory.Exists).TakeWhile(around => !Directory.EnumerateFileSystemEntries(around).Any()))
        {
            Directory.Delete(empty);
            say(empty);
        }
    }
}
