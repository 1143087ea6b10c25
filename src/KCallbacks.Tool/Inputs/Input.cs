using System.IO.Compression;

namespace KCallbacks.Tool.Inputs;

/// <summary>One thing to be judged: it gives one report, whether it can be read or not.</summary>
/// <param name="Path">What reports call it.</param>
/// <param name="Open">Opens it, and tells when the system has done so; throws what <see cref="InputSource.Open"/> throws.</param>
internal sealed record Input(string Path, Func<Action, InputSource> Open)
{
    /// <summary>Its name in the archive that it lies in; null outside of archives.</summary>
    public string? Entry { get; init; }

    /// <summary>Its bytes unpacked, as the archive says; null outside of archives.</summary>
    public long? EntrySize { get; init; }

    /// <summary>Why it cannot be read, where that was found before it was opened.</summary>
    public InputException? Problem { get; init; }

    /// <summary>An input that is found wrong before it is opened.</summary>
    public static Input Wrong(string path, InputException problem) => new(path, _ => throw problem) { Problem = problem };

    /// <summary>An entry of a zip archive.</summary>
    public static Input OfZip(string archive, string entry, InputChoice choice, long? size = null) =>
        new($"{archive}/{entry}", opened => OpenEntry(archive, entry, choice, opened)) { Entry = entry, EntrySize = size };

    private static InputSource OpenEntry(string archive, string name, InputChoice choice, Action opened)
    {
        ZipArchive zip = ZipFile.OpenRead(archive);
        opened();
        try
        {
            ZipArchiveEntry entry = zip.GetEntry(name) ?? throw new InputException("the archive has changed");
            if (entry.IsEncrypted)
                throw new InputException("it is encrypted; unpack it first", isUnsupported: true);
            return InputSource.OfStream($"{archive}/{name}", new BoundedStream(entry.Open(), entry.CompressedLength), choice, zip);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }
}
