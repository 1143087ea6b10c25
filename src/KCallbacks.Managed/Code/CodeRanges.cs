using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Code;

/// <summary>Which stretches of memory hold managed code: the runtime's map from addresses to its range sections.</summary>
/// <remarks>Read as the contract ExecutionManager describes it, of which the form is the same in versions 1 and 2.</remarks>
/// <param name="memory">The runtime's data.</param>
internal sealed class CodeRanges(RuntimeMemory memory)
{
    private const int Levels = 5;
    private const int BitsOfLevel = 8;

    /// <summary>The lowest level has an entry for each 128 KB.</summary>
    private const int BitsOfChunk = 17;

    /// <summary>Fragments in one chunk; a list that goes on is damaged.</summary>
    private const int MostFragments = 256;

    /// <summary>The lowest bit of a pointer says that the section may be unloaded.</summary>
    private const ulong Collectible = 1;

    private readonly ulong? _top = memory.AddressOf(memory.Descriptor.Global("ExecutionManagerCodeRangeMapAddress"), "RangeSectionMap", "TopLevelData");
    private readonly Dictionary<ulong, CodeRange?> _bySection = [];

    /// <summary>The stretch with an address; null when it holds no managed code.</summary>
    public CodeRange? At(ulong address)
    {
        ulong? fragment = _top;
        for (int level = Levels - 1; level >= 0 && fragment is not (null or 0); level--)
        {
            ulong index = (address >> (BitsOfChunk + (level * BitsOfLevel))) & 0xff;
            fragment = memory.PointerAt(fragment + (index * sizeof(ulong))) & ~Collectible;
        }

        for (int i = 0; i < MostFragments && fragment is not (null or 0); i++)
        {
            if (memory.Pointer(fragment, "RangeSectionFragment", "RangeBegin") <= address && address < memory.Pointer(fragment, "RangeSectionFragment", "RangeEndOpen"))
                return Section(memory.Pointer(fragment, "RangeSectionFragment", "RangeSection") ?? 0);
            fragment = memory.Pointer(fragment, "RangeSectionFragment", "Next") & ~Collectible;
        }

        return null;
    }

    private CodeRange? Section(ulong address)
    {
        if (_bySection.TryGetValue(address, out CodeRange? known))
            return known;
        bool isRead = memory.Pointer(address, "RangeSection", "RangeBegin") is not null;
        return _bySection[address] = isRead ? ReadSection(address) : null;
    }

    private CodeRange? ReadSection(ulong address)
    {
        ulong begin = memory.Pointer(address, "RangeSection", "RangeBegin") ?? 0;
        return memory.Pointer(address, "RangeSection", "RangeEndOpen") is { } end && end > begin
            ? new CodeRange(begin, end, memory.Pointer(address, "RangeSection", "R2RModule") ?? 0, memory.Pointer(address, "RangeSection", "HeapList") ?? 0)
            : null;
    }
}
