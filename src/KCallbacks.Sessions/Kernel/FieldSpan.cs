using System.Buffers.Binary;
using System.Text;
using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// The stretch of a structure that holds the fields somebody wants, so that they cost one read together. A field is named by its
/// offset in the structure; one that the structure does not have is null.
/// </summary>
internal sealed class FieldSpan
{
    /// <summary>Bytes that a field takes at most: a LIST_ENTRY, or the name of a program.</summary>
    private const uint LargestField = 0x10;

    private readonly uint _start;
    private readonly byte[] _bytes;

    /// <summary>Spans fields.</summary>
    /// <param name="fields">Their offsets.</param>
    public FieldSpan(params ReadOnlySpan<uint?> fields)
    {
        uint end = 0;
        _start = uint.MaxValue;
        foreach (uint? field in fields)
        {
            if (field is not { } offset)
                continue;
            _start = Math.Min(_start, offset);
            end = Math.Max(end, offset + LargestField);
        }

        _bytes = new byte[end - _start];
    }

    /// <summary>Reads the fields of one structure; they hold until the next is read.</summary>
    /// <returns>False when they cannot be read.</returns>
    public bool TryRead(DebugDataSpaces memory, ulong structure) => memory.TryReadAll(structure + _start, _bytes);

    /// <summary>A field of one byte.</summary>
    public byte? Byte(uint? field) => field is { } offset ? _bytes[offset - _start] : null;

    /// <summary>A field of four bytes.</summary>
    public uint? UInt32(uint? field) => field is { } offset ? BinaryPrimitives.ReadUInt32LittleEndian(At(offset)) : null;

    /// <summary>A pointer, or another field of eight bytes.</summary>
    public ulong? Pointer(uint? field) => field is { } offset ? BinaryPrimitives.ReadUInt64LittleEndian(At(offset)) : null;

    /// <summary>A LIST_ENTRY.</summary>
    public ListLinks Links(uint field) => ListLinks.Of(At(field));

    /// <summary>Characters of one byte, ended by a zero or by the field's end.</summary>
    public string Text(uint field, int length)
    {
        ReadOnlySpan<byte> characters = At(field)[..length];
        int end = characters.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? characters : characters[..end]);
    }

    private ReadOnlySpan<byte> At(uint offset) => _bytes.AsSpan((int)(offset - _start));
}
