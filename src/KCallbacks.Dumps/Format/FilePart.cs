namespace KCallbacks.Dumps.Format;

/// <summary>Where something lies in a dump's file.</summary>
/// <param name="Offset">Bytes from the file's start.</param>
/// <param name="Size">Its length in bytes.</param>
internal readonly record struct FilePart(ulong Offset, ulong Size)
{
    /// <summary>Reads a <c>MINIDUMP_LOCATION_DESCRIPTOR</c>: size, then offset, 32 bits each.</summary>
    public static FilePart Of(ReadOnlySpan<byte> descriptor) => new(Field.UInt32(descriptor, 4), Field.UInt32(descriptor, 0));
}
