namespace KCallbacks.DbgEng.DataModel;

/// <summary>Makes objects of the data model and finds its named models.</summary>
internal sealed unsafe class DataModelManager : EngineInterface, IEngineInterface<DataModelManager>
{
    private DataModelManager(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DataModelManager>.Name => "IDataModelManager";

    static Guid IEngineInterface<DataModelManager>.Iid => new("73fe19f4-a110-4500-8ed9-3c28896f508c");

    internal static new class Slot
    {
        public const int CreateNoValue = 4;
        public const int CreateErrorObject = 5;
        public const int CreateSyntheticObject = 8;
        public const int CreateDataModelObject = 9;
        public const int CreateIntrinsicObject = 10;
        public const int CreateMetadataStore = 18;
        public const int AcquireNamedModel = 22;
    }

    static DataModelManager IEngineInterface<DataModelManager>.Adopt(nint pointer) => new(pointer);

    /// <summary>An object that stands for nothing.</summary>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public ModelObject CreateNoValue()
    {
        nint made = 0;
        HResult result = new(((delegate* unmanaged<nint, nint*, int>)Method(Slot.CreateNoValue))(Pointer, &made));
        return Adopt<ModelObject>(made, result);
    }

    /// <summary>An object that stands for a failure.</summary>
    /// <param name="error">Its code.</param>
    /// <param name="message">What the user is told.</param>
    /// <param name="made">The object's pointer with one reference; 0 when the engine refuses.</param>
    public HResult TryCreateErrorObject(HResult error, string message, out nint made)
    {
        fixed (char* text = message)
        fixed (nint* filled = &made)
        {
            *filled = 0;
            return new HResult(((delegate* unmanaged<nint, int, char*, nint*, int>)Method(Slot.CreateErrorObject))(
                Pointer, error.Value, text, filled));
        }
    }

    /// <summary>An object without keys.</summary>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public ModelObject CreateSyntheticObject()
    {
        nint made = 0;
        HResult result = new(((delegate* unmanaged<nint, nint, nint*, int>)Method(Slot.CreateSyntheticObject))(Pointer, 0, &made));
        return Adopt<ModelObject>(made, result);
    }

    /// <summary>An object that is made to be a model of others.</summary>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public ModelObject CreateDataModelObject(IDataModelConcept concept)
    {
        nint made = 0;
        using var exposed = new ExposedObject(concept, typeof(IDataModelConcept).GUID);
        HResult result = new(((delegate* unmanaged<nint, nint, nint*, int>)Method(Slot.CreateDataModelObject))(
            Pointer, exposed.Pointer, &made));
        return Adopt<ModelObject>(made, result);
    }

    /// <summary>An object for a value.</summary>
    /// <param name="kind"><see cref="ModelObjectKind.Intrinsic"/>, or what the interface in <paramref name="value"/> is.</param>
    /// <param name="value">The value; it stays the caller's.</param>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public ModelObject CreateIntrinsicObject(ModelObjectKind kind, Variant value)
    {
        nint made = 0;
        HResult result = new(((delegate* unmanaged<nint, uint, Variant*, nint*, int>)Method(Slot.CreateIntrinsicObject))(
            Pointer, (uint)kind, &value, &made));
        return Adopt<ModelObject>(made, result);
    }

    /// <summary>An empty store of what is said of a key.</summary>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public KeyStore CreateMetadataStore()
    {
        nint made = 0;
        HResult result = new(((delegate* unmanaged<nint, nint, nint*, int>)Method(Slot.CreateMetadataStore))(Pointer, 0, &made));
        return Adopt<KeyStore>(made, result);
    }

    /// <summary>A model of the debugger, for example <c>Debugger.Models.Process</c>.</summary>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public ModelObject AcquireNamedModel(string name)
    {
        nint found = 0;
        fixed (char* text = name)
        {
            HResult result = new(((delegate* unmanaged<nint, char*, nint*, int>)Method(Slot.AcquireNamedModel))(Pointer, text, &found));
            return Adopt<ModelObject>(found, result);
        }
    }
}
