namespace KCallbacks.Reports;

/// <summary>Writes files whole or not at all: an old file is there until the new one is complete.</summary>
public static class OutputFile
{
    /// <summary>Replaces a file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes what the file is to hold. When it throws, the old file stays and nothing is left of the new one.</param>
    /// <returns>The whole path.</returns>
    /// <exception cref="IOException">The path is no file that can be replaced, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or its folder must not be written to.</exception>
    public static string Replace(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        if (File.Exists(target))
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        DemandReplaceable(target);

        // A name that nobody else has: another run, or somebody who knows our names, must not be in the way.
        string unfinished = Path.Combine(Path.GetDirectoryName(target)!, $"kcallbacks-{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrite: true);
            return target;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static void DemandReplaceable(string target)
    {
        if (Directory.Exists(target))
            throw new IOException($"{target} is a folder.");
        if (Path.GetFileName(target).Length == 0 || Path.GetDirectoryName(target) is null)
            throw new IOException($"{target} is no file.");
        if (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith(@"\\.\", StringComparison.Ordinal))
            throw new IOException($"{target} is a device.");
        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
            throw new UnauthorizedAccessException($"{target} is read-only.");
    }
}
