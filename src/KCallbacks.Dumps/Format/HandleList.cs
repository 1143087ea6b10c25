using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Dumps.Format;

/// <summary>The handles of the process that a dump lists (<c>MINIDUMP_HANDLE_DATA_STREAM</c>, minidumpapiset.h).</summary>
internal sealed class HandleList : IHandleView
{
    /// <summary>More than processes leak before they end.</summary>
    private const uint Most = 1 << 20;

    /// <summary>Size of the header at 0, size of a descriptor at 4, their number at 8.</summary>
    private const int HeaderSize = 12;

    /// <summary>Handle at 0, names of type and object at 8 and 12; the longer descriptors of Windows 7 and later have their first record at 32.</summary>
    private const int ShortDescriptor = 32;
    private const int RecordOffset = 32;
    private const int LongestDescriptor = 0x100;

    /// <summary>Offset of the next record at 0, its type at 4, its size at 8; then its bytes.</summary>
    private const int RecordHeader = 12;
    private const int LargestRecord = 0x100;
    private const int MostRecords = 8;

    /// <summary>Bytes of the longest name that the kernel's object manager allows.</summary>
    private const uint LongestName = 0x1_0000;

    private readonly DumpBytes _file;
    private readonly FilePart _stream;
    private readonly Lazy<Dictionary<ulong, Descriptor>> _descriptors;
    private readonly Dictionary<uint, string?> _names = [];

    private HandleList(DumpBytes file, FilePart stream)
    {
        _file = file;
        _stream = stream;
        _descriptors = new(Read);
    }

    /// <summary>The list; null when the dump has none, which is normal. It is read when the first handle is looked up.</summary>
    public static HandleList? Of(DumpBytes file, StreamDirectory directory, DumpGaps gaps)
    {
        if (directory.Find(StreamType.HandleData) is not { } stream)
            return null;
        gaps.NoteIfCut(stream, () => "its list of handles");
        return new HandleList(file, stream);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk failed.</exception>
    public HandleInfo? Find(ulong handle)
    {
        if (!_descriptors.Value.TryGetValue(handle, out Descriptor descriptor))
            return null;
        var info = HandleInfo.OfType(NameAt(descriptor.TypeName), NameAt(descriptor.ObjectName));
        uint offset = descriptor.Record;
        Span<byte> header = stackalloc byte[RecordHeader];
        Span<byte> bytes = stackalloc byte[LargestRecord];
        for (int i = 0; i < MostRecords && offset != 0 && _file.TryRead(offset, header); i++)
        {
            Span<byte> record = bytes[..(int)Math.Min(Field.UInt32(header, 8), LargestRecord)];
            if (_file.TryRead((ulong)offset + RecordHeader, record))
                info = info.With((HandleRecord)Field.UInt32(header, 4), record);
            offset = Field.UInt32(header, 0);
        }

        return info;
    }

    private Dictionary<ulong, Descriptor> Read()
    {
        var descriptors = new Dictionary<ulong, Descriptor>();
        Span<byte> header = stackalloc byte[HeaderSize];
        if (_stream.Size < HeaderSize || !_file.TryRead(_stream.Offset, header))
            return descriptors;
        uint start = Field.UInt32(header, 0);
        uint size = Field.UInt32(header, 4);
        if (start < HeaderSize || start > _stream.Size || size is < ShortDescriptor or > LongestDescriptor)
            return descriptors;

        ulong length = Math.Min((ulong)Math.Min(Field.UInt32(header, 8), Most) * size, _stream.Size - start);
        ReadOnlySpan<byte> entries = _file.Read(new FilePart(_stream.Offset + start, length));
        for (; entries.Length >= size; entries = entries[(int)size..])
        {
            uint record = size >= RecordOffset + sizeof(uint) ? Field.UInt32(entries, RecordOffset) : 0;
            descriptors.TryAdd(Field.UInt64(entries, 0), new Descriptor(Field.UInt32(entries, 8), Field.UInt32(entries, 12), record));
        }

        return descriptors;
    }

    /// <summary>A <c>MINIDUMP_STRING</c>: bytes of UTF-16, then these; null for none.</summary>
    private string? NameAt(uint offset)
    {
        if (offset == 0)
            return null;
        if (!_names.TryGetValue(offset, out string? name))
            _names[offset] = name = ReadName(offset);
        return name;
    }

    private string? ReadName(uint offset)
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        if (!_file.TryRead(offset, size) || Field.UInt32(size, 0) is not (> 0 and <= LongestName and var length))
            return null;
        byte[] bytes = _file.Read(new FilePart(offset + (ulong)sizeof(uint), length));
        string name = Encoding.Unicode.GetString(bytes.AsSpan(0, bytes.Length & ~1)).TrimEnd('\0');
        return name.Length == 0 ? null : name.Length <= Symbol.LongestName ? name : name[..Symbol.LongestName];
    }

    /// <summary>Where type name, object name and first record of a handle lie in the file; 0 for none.</summary>
    private readonly record struct Descriptor(uint TypeName, uint ObjectName, uint Record);
}
