namespace KCallbacks.DbgEng.DataModel;

/// <summary>An iteration over what an object of the debugger's holds.</summary>
public sealed unsafe class ObjectIterator : EngineInterface, IEngineInterface<ObjectIterator>
{
    private ObjectIterator(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<ObjectIterator>.Name => "IModelIterator";

    static Guid IEngineInterface<ObjectIterator>.Iid => typeof(IModelIterator).GUID;

    internal static new class Slot
    {
        public const int GetNext = 4;
    }

    static ObjectIterator IEngineInterface<ObjectIterator>.Adopt(nint pointer) => new(pointer);

    /// <summary>The next item, which is the caller's; null after the last.</summary>
    /// <exception cref="EngineCallException">The item cannot be had.</exception>
    public ModelObject? Next()
    {
        nint item = 0;
        HResult result = new(((delegate* unmanaged<nint, nint*, ulong, nint*, nint*, int>)Method(Slot.GetNext))(Pointer, &item, 0, null, null));
        return result == HResult.OutOfBounds ? null : Adopt<ModelObject>(item, result);
    }
}
