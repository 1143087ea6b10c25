namespace KCallbacks.Managed.Tests;

/// <summary>Enters methods into a map of code as the runtime does: four bits for each 32 bytes, eight of them in a unit, the first highest.</summary>
internal static class NibbleMapWriter
{
    private const uint BytesOfUnit = 256;

    /// <summary>Enters a method; units that lie wholly inside of it point at its beginning.</summary>
    public static void Add(uint offset, uint size, Func<uint, uint> read, Action<uint, uint> write)
    {
        uint unit = offset / BytesOfUnit;
        int shift = 28 - (int)(offset / 32 % 8 * 4);
        write(unit, read(unit) | (((offset % 32 / 4) + 1) << shift));
        for (uint inside = unit + 1; (inside + 1) * BytesOfUnit <= offset + size; inside++)
            write(inside, (offset & ~0xfu) | ((offset % 16 / 4) + 9));
    }
}
