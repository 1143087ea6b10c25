namespace KCallbacks.DbgEng.DataModel;

/// <summary>An object of the debugger's data model: what <c>dx</c>, JavaScript and NatVis see.</summary>
public sealed unsafe class ModelObject : EngineInterface, IEngineInterface<ModelObject>
{
    private ModelObject(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<ModelObject>.Name => "IModelObject";

    static Guid IEngineInterface<ModelObject>.Iid => new("e28c7893-3f4b-4b96-baca-293cdc55f45d");

    internal static new class Slot
    {
        public const int GetIntrinsicValueAs = 6;
        public const int GetKeyValue = 7;
        public const int GetConcept = 14;
        public const int AddParentModel = 20;
        public const int RemoveParentModel = 21;
        public const int SetKey = 24;
        public const int SetConcept = 28;
        public const int SetContextForDataModel = 32;
        public const int GetContextForDataModel = 33;
    }

    static ModelObject IEngineInterface<ModelObject>.Adopt(nint pointer) => new(pointer);

    /// <summary>The number an intrinsic object holds, however wide it is there.</summary>
    public HResult TryGetNumber(out ulong number)
    {
        HResult result = TryGetIntrinsic(VariantType.UInt64, out Variant value);
        number = result.Succeeded ? value.Value : 0;
        return result;
    }

    /// <summary>The text an intrinsic object holds.</summary>
    public HResult TryGetText(out string text)
    {
        HResult result = TryGetIntrinsic(VariantType.Text, out Variant value);
        text = result.Succeeded ? value.Text : "";
        value.FreeText();
        return result;
    }

    /// <summary>The value of a key of this object or of a model above it.</summary>
    /// <exception cref="EngineCallException">There is no such key, or its getter fails.</exception>
    public ModelObject GetKeyValue(string key)
    {
        nint found = 0;
        fixed (char* name = key)
        {
            HResult result = new(((delegate* unmanaged<nint, char*, nint*, nint*, int>)Method(Slot.GetKeyValue))(Pointer, name, &found, null));
            return Adopt<ModelObject>(found, result, $"GetKeyValue({key})");
        }
    }

    /// <summary>The value of a key, which is the caller's; null when there is no such key, or its getter fails.</summary>
    public ModelObject? FindKeyValue(string key)
    {
        nint found = 0;
        fixed (char* name = key)
        {
            HResult result = new(((delegate* unmanaged<nint, char*, nint*, nint*, int>)Method(Slot.GetKeyValue))(Pointer, name, &found, null));
            if (result.Succeeded)
                return Adopt<ModelObject>(found, result);
        }

        // The engine may say why by an object.
        if (found != 0)
            Release(found);
        return null;
    }

    /// <summary>Begins an iteration over what this object holds; null when it is none that can be iterated.</summary>
    /// <exception cref="EngineCallException">It cannot be iterated now.</exception>
    public ObjectIterator? TryIterate()
    {
        Guid id = typeof(IIterableConcept).GUID;
        nint concept = 0;
        HResult result = new(((delegate* unmanaged<nint, Guid*, nint*, nint*, int>)Method(Slot.GetConcept))(Pointer, &id, &concept, null));
        if (!result.Succeeded)
            return null;
        using IterableObject iterable = Adopt<IterableObject>(concept, result);
        return iterable.GetIterator(this);
    }

    /// <summary>Has this object show the keys and concepts of a model, after those it has.</summary>
    /// <exception cref="EngineCallException">The object takes no models.</exception>
    public void AddParentModel(ModelObject model) => new HResult(
        ((delegate* unmanaged<nint, nint, nint, byte, int>)Method(Slot.AddParentModel))(Pointer, model.Pointer, 0, 0)).ThrowIfFailed();

    /// <summary>Undoes <see cref="AddParentModel"/>.</summary>
    public HResult TryRemoveParentModel(ModelObject model) =>
        new(((delegate* unmanaged<nint, nint, int>)Method(Slot.RemoveParentModel))(Pointer, model.Pointer));

    /// <summary>Sets a key.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value, often a property accessor.</param>
    /// <param name="metadata">What is said of it, for example its help; null for nothing.</param>
    /// <exception cref="EngineCallException">The object takes no keys.</exception>
    internal void SetKey(string key, ModelObject value, KeyStore? metadata)
    {
        fixed (char* name = key)
        {
            new HResult(((delegate* unmanaged<nint, char*, nint, nint, int>)Method(Slot.SetKey))(
                Pointer, name, value.Pointer, metadata?.Pointer ?? 0)).ThrowIfFailed();
        }
    }

    /// <summary>Teaches this object a concept: to be displayed, iterated, indexed.</summary>
    /// <typeparam name="TConcept">The concept's interface.</typeparam>
    /// <exception cref="EngineCallException">The object takes no concepts.</exception>
    internal void SetConcept<TConcept>(TConcept implementation)
        where TConcept : class
    {
        Guid id = typeof(TConcept).GUID;
        using var exposed = new ExposedObject(implementation, id);
        new HResult(((delegate* unmanaged<nint, Guid*, nint, nint, int>)Method(Slot.SetConcept))(
            Pointer, &id, exposed.Pointer, 0)).ThrowIfFailed();
    }

    /// <summary>Keeps an object of ours with this object, on behalf of one of its models.</summary>
    /// <exception cref="EngineCallException">The model is none of this object's.</exception>
    internal void SetValue(ModelObject model, object value)
    {
        using var exposed = new ExposedObject(value);
        new HResult(((delegate* unmanaged<nint, nint, nint, int>)Method(Slot.SetContextForDataModel))(
            Pointer, model.Pointer, exposed.Pointer)).ThrowIfFailed("SetContextForDataModel");
    }

    /// <summary>What <see cref="SetValue"/> keeps.</summary>
    /// <exception cref="EngineCallException">Nothing was kept for this model.</exception>
    internal object GetValue(ModelObject model)
    {
        nint unknown = 0;
        new HResult(((delegate* unmanaged<nint, nint, nint*, int>)Method(Slot.GetContextForDataModel))(
            Pointer, model.Pointer, &unknown)).ThrowIfFailed("GetContextForDataModel");
        try
        {
            return ExposedObject.Behind(unknown);
        }
        finally
        {
            Release(unknown);
        }
    }

    private HResult TryGetIntrinsic(VariantType type, out Variant value)
    {
        fixed (Variant* filled = &value)
        {
            *filled = default;
            return new HResult(((delegate* unmanaged<nint, ushort, Variant*, int>)Method(Slot.GetIntrinsicValueAs))(Pointer, (ushort)type, filled));
        }
    }
}
