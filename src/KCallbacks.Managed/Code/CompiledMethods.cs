using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Code;

/// <summary>The methods that were compiled as the process ran.</summary>
/// <param name="memory">The runtime's data.</param>
internal sealed class CompiledMethods(RuntimeMemory memory)
{
    private readonly NibbleMap _starts = new(memory);
    private readonly ulong _lastStubKind = memory.Descriptor.Global("StubCodeBlockLast") ?? 0xf;

    /// <summary>The method at an address of a stretch; null when it holds none there.</summary>
    public CompiledMethod? At(CodeRange range, ulong address)
    {
        if (memory.Pointer(range.Heap, "CodeHeapListNode", "MapBase") is not { } codeBase || memory.Pointer(range.Heap, "CodeHeapListNode", "HeaderMap") is not { } map)
            return null;
        if (_starts.StartOf(codeBase, map, address) is not { } start || start < range.Begin || start >= range.End)
            return null;
        // In front of the code lies the pointer to its header; of stubs, a small number in place of it.
        return memory.PointerAt(start - sizeof(ulong)) is { } header && header > _lastStubKind ? new CompiledMethod(start, header, range) : null;
    }
}
