namespace KCallbacks.Triage.Store;

/// <summary>
/// Keeps other runs from writing files with rows. The locks end with the process. Their files stay: one that is deleted while another
/// program opens it would lock nothing.
/// </summary>
internal sealed class RowLocks : IDisposable
{
    private readonly List<FileStream> _taken = [];

    /// <summary>Takes the locks.</summary>
    /// <param name="files">The files with rows.</param>
    /// <exception cref="StoreException">Another run has one of them.</exception>
    public RowLocks(IEnumerable<string> files)
    {
        foreach (string file in files)
            Take(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FileStream taken in _taken)
            taken.Dispose();
    }

    private void Take(string file)
    {
        try
        {
            _taken.Add(new FileStream(Path.ChangeExtension(file, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new StoreException(error is IOException and not (DirectoryNotFoundException or FileNotFoundException)
                ? $"another run writes {file}; wait until it has ended, or use another --store or --shard"
                : $"the store cannot be written: {error.Message}");
        }
    }
}
