using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Code;

/// <summary>
/// Where the method begins that holds an address: the map with four bits for each 32 bytes of a code heap, in the form of version 2 of
/// the contract ExecutionManager, in which a unit inside of a large method points at the method's beginning.
/// </summary>
/// <param name="memory">The runtime's data.</param>
internal sealed class NibbleMap(RuntimeMemory memory)
{
    private const uint BytesOfBucket = 32;
    private const uint CodeAlignment = 4;
    private const int BucketsOfUnit = 8;
    private const int BitsOfNibble = 4;

    /// <summary>A unit whose lowest nibble is larger is a pointer; it holds the distance from the map's base.</summary>
    private const uint LargestNibble = 8;

    /// <summary>Where the method begins; null when there is none, or the map cannot be read.</summary>
    /// <param name="codeBase">The address of the first byte that the map covers.</param>
    /// <param name="map">Where the map lies.</param>
    /// <param name="address">The address.</param>
    public ulong? StartOf(ulong codeBase, ulong map, ulong address)
    {
        if (address < codeBase)
            return null;
        ulong bucket = (address - codeBase) / BytesOfBucket;
        uint place = ((uint)((address - codeBase) % BytesOfBucket) / CodeAlignment) + 1;
        if (Unit(map, bucket / BucketsOfUnit) is not { } unit)
            return null;
        if (IsPointer(unit))
            return codeBase + Distance(unit);

        int inUnit = (int)(bucket % BucketsOfUnit);
        uint own = NibbleOf(unit, inUnit);
        if (own != 0 && own <= place)
            return Place(codeBase, bucket, own);
        return Last(unit, inUnit - 1, codeBase, bucket / BucketsOfUnit) ?? BeforeUnit(codeBase, map, bucket / BucketsOfUnit);
    }

    /// <summary>In the unit before lies the beginning, or the pointer to it.</summary>
    private ulong? BeforeUnit(ulong codeBase, ulong map, ulong unitIndex)
    {
        if (unitIndex == 0 || Unit(map, unitIndex - 1) is not { } unit)
            return null;
        return IsPointer(unit) ? codeBase + Distance(unit) : Last(unit, BucketsOfUnit - 1, codeBase, unitIndex - 1);
    }

    /// <summary>The last beginning in a unit, up to a bucket.</summary>
    private static ulong? Last(uint unit, int inUnit, ulong codeBase, ulong unitIndex)
    {
        for (int i = inUnit; i >= 0; i--)
        {
            if (NibbleOf(unit, i) is var nibble and not 0)
                return Place(codeBase, (unitIndex * BucketsOfUnit) + (ulong)i, nibble);
        }

        return null;
    }

    private uint? Unit(ulong map, ulong index) => memory.UInt32At(map + (index * sizeof(uint)));

    /// <summary>The first bucket's nibble is the highest.</summary>
    private static uint NibbleOf(uint unit, int inUnit) => (unit >> ((BucketsOfUnit - 1 - inUnit) * BitsOfNibble)) & 0xf;

    private static bool IsPointer(uint unit) => (unit & 0xf) > LargestNibble;

    private static ulong Distance(uint unit) => (unit & ~0xfu) + (((unit & 0xf) - LargestNibble - 1) * CodeAlignment);

    private static ulong Place(ulong codeBase, ulong bucket, uint nibble) => codeBase + (bucket * BytesOfBucket) + ((nibble - 1) * CodeAlignment);
}
