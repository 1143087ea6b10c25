using System.Collections.Immutable;
using System.Reflection.PortableExecutable;

namespace KCallbacks.Dumps;

/// <summary>The file of an image, read as it lies in memory; without what a program changes there.</summary>
internal sealed class ImageFile
{
    /// <summary>Larger than any image of Windows.</summary>
    private const long Largest = 1L << 30;

    private readonly byte[] _file;
    private readonly int _headers;
    private readonly ImmutableArray<SectionHeader> _sections;

    private ImageFile(byte[] file, PEHeaders headers)
    {
        _file = file;
        _headers = Math.Min(headers.PEHeader!.SizeOfHeaders, file.Length);
        _sections = [.. headers.SectionHeaders.Where(section => !section.SectionCharacteristics.HasFlag(SectionCharacteristics.MemWrite))];
    }

    /// <summary>Reads an image; null when it is another build's, or none.</summary>
    public static ImageFile? TryOpen(string path, uint timeDateStamp, uint size)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= Largest })
                return null;
            byte[] file = File.ReadAllBytes(path);
            using var reader = new PEReader(ImmutableArray.Create(file));
            PEHeaders headers = reader.PEHeaders;
            return headers.PEHeader is { } header && (uint)headers.CoffHeader.TimeDateStamp == timeDateStamp && (uint)header.SizeOfImage == size
                ? new ImageFile(file, headers)
                : null;
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads bytes at an offset from the image's load address; false unless all of them are in the file.</summary>
    public bool TryRead(uint offset, Span<byte> destination)
    {
        if (offset + (long)destination.Length <= _headers)
            return TryCopy(offset, destination);
        foreach (SectionHeader section in _sections)
        {
            long start = offset - (long)section.VirtualAddress;
            if (start >= 0 && start + destination.Length <= Math.Min(section.SizeOfRawData, section.VirtualSize))
                return TryCopy(section.PointerToRawData + start, destination);
        }

        return false;
    }

    private bool TryCopy(long position, Span<byte> destination)
    {
        if (position < 0 || position + destination.Length > _file.Length)
            return false;
        _file.AsSpan((int)position, destination.Length).CopyTo(destination);
        return true;
    }
}
