using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Code;

/// <summary>The runtime's table from pointers to pointers.</summary>
/// <remarks>Buckets of four keys and four values; the first lies after the one that holds their number.</remarks>
/// <param name="memory">The runtime's data.</param>
/// <param name="map">Where the table lies; null where there is none.</param>
internal sealed class PointerHashMap(RuntimeMemory memory, ulong? map)
{
    private const int SlotsOfBucket = 4;

    /// <summary>Buckets that are looked into for one key; the runtime keeps its tables thin.</summary>
    private const int MostProbes = 64;

    /// <summary>Set in the first value of a bucket that overflowed, so that the search goes on.</summary>
    private const ulong Overflow = 1UL << 63;

    private readonly uint _bucketSize = memory.Descriptor.OffsetOf("Bucket", "!") ?? 0;
    private readonly ulong _valueMask = memory.Descriptor.Global("HashMapValueMask") ?? 0;

    /// <summary>The value of a key; null when there is none.</summary>
    public ulong? Find(ulong key)
    {
        if (memory.Pointer(map, "HashMap", "Buckets") is not { } buckets || memory.UInt32At(buckets) is not { } size || size < 2 || _bucketSize == 0)
            return null;
        uint seed = (uint)(key >> 2);
        uint step = 1 + (((uint)(key >> 5) + 1) % (size - 1));
        for (int probe = 0; probe < MostProbes; probe++, seed += step)
        {
            ulong bucket = buckets + _bucketSize + ((ulong)(seed % size) * _bucketSize);
            for (int slot = 0; slot < SlotsOfBucket; slot++)
            {
                if (memory.PointerAt(memory.AddressOf(bucket, "Bucket", "Keys") + ((ulong)slot * sizeof(ulong))) == key)
                    return (ValueOf(bucket, slot) & _valueMask) << 1;
            }

            if (ValueOf(bucket, 0) is not { } first || (first & Overflow) == 0)
                return null;
        }

        return null;
    }

    private ulong? ValueOf(ulong bucket, int slot) => memory.PointerAt(memory.AddressOf(bucket, "Bucket", "Values") + ((ulong)slot * sizeof(ulong)));
}
