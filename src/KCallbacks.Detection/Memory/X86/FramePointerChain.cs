namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// The chain of saved EBPs of an x86 thread, from its register outwards. The routine of a callback keeps one, so that the chain of a thread in
/// the callback leads through it; code that uses EBP for something else ends the chain.
/// </summary>
internal readonly struct FramePointerChain
{
    private readonly List<ulong>? _links;

    private FramePointerChain(List<ulong> links) => _links = links;

    /// <summary>Follows the chain as long as it leads outwards and each link returns into a module.</summary>
    public static FramePointerChain Of(in StackBytes stack, ProcessLandmarks landmarks)
    {
        if (stack.FramePointer == 0)
            return default;

        var links = new List<ulong>();
        ulong link = stack.FramePointer;
        while (link >= stack.Address && link < stack.End && link % sizeof(uint) == 0
            && stack.TryReadUInt32(link, out uint next) && stack.TryReadUInt32(link + sizeof(uint), out uint caller) && landmarks.IsInModule(caller))
        {
            links.Add(link);
            if (next <= link)
                break;
            link = next;
        }

        return new FramePointerChain(links);
    }

    /// <summary>Whether the chain leads through a frame pointer.</summary>
    public bool Passes(ulong framePointer) => _links?.BinarySearch(framePointer) >= 0;

    /// <summary>Whether the chain has links on both sides of an address.</summary>
    public bool Spans(ulong address) => _links is [var first, .., var last] && first < address && last > address;
}
