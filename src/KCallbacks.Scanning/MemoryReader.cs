namespace KCallbacks.Scanning;

/// <summary>Reads memory of a target.</summary>
/// <param name="address">Address of the first byte.</param>
/// <param name="destination">Where to put the bytes.</param>
/// <returns>How many bytes were read from the first one on; 0 when not even that one can be.</returns>
public delegate int MemoryReader(ulong address, Span<byte> destination);
