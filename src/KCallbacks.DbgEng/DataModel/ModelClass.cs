using System.Collections.Immutable;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>A kind of objects that an extension adds: their properties, how they are displayed and what they hold.</summary>
/// <remarks>It lives as long as the data model it was made for.</remarks>
/// <typeparam name="T">What an object stands for.</typeparam>
public sealed class ModelClass<T>
    where T : class
{
    private readonly DebuggerModel _debugger;
    private readonly ModelObject _model;

    /// <summary>Makes a kind of objects.</summary>
    /// <param name="debugger">The data model.</param>
    /// <param name="name">Name of the kind.</param>
    /// <param name="properties">The properties in the order they are shown.</param>
    /// <param name="display">The line an object is displayed as; must be quick.</param>
    /// <param name="items">What an object holds, called when it is iterated or indexed; null when it holds nothing.</param>
    public ModelClass(
        DebuggerModel debugger,
        string name,
        ImmutableArray<ModelProperty<T>> properties,
        Func<T, string> display,
        Func<T, IModelItems>? items = null)
    {
        ArgumentNullException.ThrowIfNull(debugger);
        _debugger = debugger;
        _model = debugger.CreateModel(name);
        debugger.Keep(_model);
        foreach (ModelProperty<T> property in properties)
            debugger.Define(_model, property, ValueOf);
        _model.SetConcept<IStringDisplayableConcept>(new DisplayedText(debugger, instance => display(ValueOf(instance))));
        if (items is null)
            return;
        var held = new HeldItems(debugger, instance => items(ValueOf(instance)));
        _model.SetConcept<IIterableConcept>(held);
        _model.SetConcept<IIndexableConcept>(held);
    }

    /// <summary>An object of this kind.</summary>
    /// <exception cref="EngineCallException">The debugger refuses.</exception>
    public ModelObject Of(T value)
    {
        ModelObject instance = _debugger.CreateObject();
        try
        {
            instance.AddParentModel(_model);
            instance.SetValue(_model, value);
            return instance;
        }
        catch
        {
            instance.Dispose();
            throw;
        }
    }

    private T ValueOf(ModelObject instance) => (T)instance.GetValue(_model);
}
