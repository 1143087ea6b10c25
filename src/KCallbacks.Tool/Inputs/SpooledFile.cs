using System.Globalization;

namespace KCallbacks.Tool.Inputs;

/// <summary>
/// A dump that comes as a stream, put into a file until it is read: dumps are read at many places. The file goes with this object. On Linux it
/// has no name from the start, so that it goes with the process too, however that ends: who runs the tool with a time limit kills it.
/// </summary>
internal sealed class SpooledFile : IDisposable
{
    /// <summary>The names of such files.</summary>
    public const string Pattern = Start + "*" + End;

    private const string Start = "kcallbacks-";
    private const string End = ".dmp";

    private readonly FileStream _file;

    private SpooledFile(FileStream file, string path) => (_file, Path) = (file, path);

    /// <summary>By which it is opened.</summary>
    public string Path { get; }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public static SpooledFile Of(Stream content)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Start}{Guid.NewGuid():N}{End}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            if (OperatingSystem.IsLinux())
                path = TakeName(file);
            content.CopyTo(file);
            file.Flush();
            return new SpooledFile(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the file to those that have it open.</summary>
    /// <returns>A path by which this process opens it still (proc(5), <c>/proc/self/fd</c>).</returns>
    private static string TakeName(FileStream file)
    {
        File.Delete(file.Name);
        return string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
