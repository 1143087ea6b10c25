namespace KCallbacks.DbgEng.DataModel;

/// <summary>A property that was added to the objects of one of the debugger's models; disposing it removes it.</summary>
internal sealed class ModelExtension : IDisposable
{
    private readonly ModelObject _extended;
    private readonly ModelObject _addition;

    /// <summary>Adds the property.</summary>
    /// <param name="debugger">The data model.</param>
    /// <param name="extended">The debugger's model; this object disposes it.</param>
    /// <param name="property">The property.</param>
    public ModelExtension(DebuggerModel debugger, ModelObject extended, ModelProperty<ModelObject> property)
    {
        _extended = extended;
        _addition = debugger.CreateModel(property.Name);
        try
        {
            debugger.Define(_addition, property, instance => instance);
            extended.AddParentModel(_addition);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _ = _extended.TryRemoveParentModel(_addition);
        _addition.Dispose();
        _extended.Dispose();
    }
}
