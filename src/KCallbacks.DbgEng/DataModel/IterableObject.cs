namespace KCallbacks.DbgEng.DataModel;

/// <summary>How an object of the debugger's is iterated.</summary>
internal sealed unsafe class IterableObject : EngineInterface, IEngineInterface<IterableObject>
{
    private IterableObject(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<IterableObject>.Name => "IIterableConcept";

    static Guid IEngineInterface<IterableObject>.Iid => typeof(IIterableConcept).GUID;

    internal static new class Slot
    {
        public const int GetIterator = 4;
    }

    static IterableObject IEngineInterface<IterableObject>.Adopt(nint pointer) => new(pointer);

    /// <summary>Begins an iteration.</summary>
    /// <param name="iterated">The object that has this concept.</param>
    /// <exception cref="EngineCallException">The object cannot be iterated now.</exception>
    public ObjectIterator GetIterator(ModelObject iterated)
    {
        nint made = 0;
        HResult result = new(((delegate* unmanaged<nint, nint, nint*, int>)Method(Slot.GetIterator))(Pointer, iterated.Pointer, &made));
        return Adopt<ObjectIterator>(made, result);
    }
}
