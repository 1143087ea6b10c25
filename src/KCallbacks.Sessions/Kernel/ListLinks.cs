using System.Buffers.Binary;

namespace KCallbacks.Sessions.Kernel;

/// <summary>A LIST_ENTRY of the kernel.</summary>
/// <param name="Forward">Address of the next entry; that of the list's head after the last.</param>
/// <param name="Backward">Address of the entry before.</param>
internal readonly record struct ListLinks(ulong Forward, ulong Backward)
{
    /// <summary>Bytes of a LIST_ENTRY of a 64-bit Windows.</summary>
    public const int Size = 2 * sizeof(ulong);

    /// <summary>Takes them from memory.</summary>
    /// <param name="entry">The LIST_ENTRY's bytes.</param>
    public static ListLinks Of(ReadOnlySpan<byte> entry) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(entry), BinaryPrimitives.ReadUInt64LittleEndian(entry[sizeof(ulong)..]));
}
