namespace KCallbacks.Tool.Inputs;

/// <summary>A dump that comes as a stream, put into a file until it is read: dumps are read at many places. The file goes with this object.</summary>
internal sealed class SpooledFile : IDisposable
{
    /// <summary>The names of such files.</summary>
    public const string Pattern = Start + "*" + End;

    private const string Start = "kcallbacks-";
    private const string End = ".dmp";

    private readonly FileStream _file;

    private SpooledFile(FileStream file) => _file = file;

    /// <summary>Its path.</summary>
    public string Path => _file.Name;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public static SpooledFile Of(Stream content)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Start}{Guid.NewGuid():N}{End}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            content.CopyTo(file);
            file.Flush();
            return new SpooledFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
