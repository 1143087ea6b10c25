namespace KCallbacks.EngineHost;

/// <summary>One COM interface of the engine, called through its vtable.</summary>
internal abstract unsafe class ComObject(nint pointer) : IDisposable
{
    private const int QueryInterfaceSlot = 0;
    private const int ReleaseSlot = 2;

    protected nint Pointer { get; } = pointer;

    public void Dispose() => _ = ((delegate* unmanaged<nint, uint>)Method(ReleaseSlot))(Pointer);

    protected void* Method(int slot) => (*(void***)Pointer)[slot];

    protected nint Query(Guid id)
    {
        nint found;
        EngineException.ThrowIfFailed(((delegate* unmanaged<nint, Guid*, nint*, int>)Method(QueryInterfaceSlot))(Pointer, &id, &found), "QueryInterface");
        return found;
    }
}
