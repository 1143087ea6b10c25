using System.Collections.Immutable;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>The debugger's data model, open for additions, which disposing it removes. All calls belong on the engine's thread.</summary>
/// <remarks>
/// Objects that were made here may outlive it, in the user's variables. They keep it alive, and once it is closed they answer
/// every question with an error.
/// </remarks>
public sealed unsafe class DebuggerModel : IDisposable
{
    private readonly DataModelManager _manager;
    private readonly DebugHost _host;
    private readonly HostExtensibility _extensibility;
    private readonly HostEvaluator _evaluator;
    private readonly string _closedMessage;
    private readonly Stack<IDisposable> _additions = [];
    private readonly DisplayedText _nothing;
    private bool _isClosed;

    private DebuggerModel(DataModelManager manager, DebugHost host, HostExtensibility extensibility, HostEvaluator evaluator, string closedMessage)
    {
        _manager = manager;
        _host = host;
        _extensibility = extensibility;
        _evaluator = evaluator;
        _closedMessage = closedMessage;
        _nothing = new DisplayedText(this, _ => "");
    }

    /// <summary>Opens the data model of the debugger that a client belongs to.</summary>
    /// <param name="client">The client.</param>
    /// <param name="closedMessage">What objects answer when the model is closed.</param>
    /// <exception cref="EngineCallException">The debugger has no data model, or it is too old for additions.</exception>
    public static DebuggerModel Open(DebugClient client, string closedMessage)
    {
        ArgumentNullException.ThrowIfNull(client);
        using DataModelAccess access = EngineInterface.Query<DataModelAccess>(client.Pointer);
        (DataModelManager manager, DebugHost host) = access.GetDataModel();
        HostExtensibility? extensibility = null;
        try
        {
            extensibility = EngineInterface.Query<HostExtensibility>(host.Pointer);
            return new DebuggerModel(manager, host, extensibility, EngineInterface.Query<HostEvaluator>(host.Pointer), closedMessage);
        }
        catch
        {
            extensibility?.Dispose();
            host.Dispose();
            manager.Dispose();
            throw;
        }
    }

    /// <summary>The engine of the debugger; the caller disposes it.</summary>
    public DebugEngine GetEngine() => _host.GetEngine();

    /// <summary>Evaluates what a user could type after <c>dx</c>, in the debugger's current context.</summary>
    /// <exception cref="EngineCallException">The expression has no value.</exception>
    public ModelObject Evaluate(string expression)
    {
        using HostContext context = _host.GetCurrentContext();
        return _evaluator.Evaluate(context, expression);
    }

    /// <summary>Adds a property to all objects of a model of the debugger.</summary>
    /// <param name="modelName">For example <c>Debugger.Models.Process</c>.</param>
    /// <param name="property">The property; its getter gets the object, which is the caller's.</param>
    /// <exception cref="EngineCallException">The debugger refuses; nothing was added.</exception>
    public void Extend(string modelName, ModelProperty<ModelObject> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        Keep(new ModelExtension(this, _manager.AcquireNamedModel(modelName), property));
    }

    /// <summary>Names a function, so that the user can call it as <c>@$name(...)</c>. Fails when the name is taken.</summary>
    /// <param name="name">Its name. The debugger offers it as <c>!name</c> too, so it must differ from every command's.</param>
    /// <param name="call">The function; its arguments are the caller's.</param>
    public HResult TryDefineFunction(string name, Func<ImmutableArray<ModelObject>, object?> call)
    {
        var method = new Method(this, call);
        using ModelObject function = CreateCallable(ModelObjectKind.Method, method, typeof(IModelMethod).GUID);
        HResult result = _extensibility.TryCreateFunctionAlias(name, function);
        if (result.Succeeded)
            Keep(new FunctionAlias(_extensibility, name));
        return result;
    }

    /// <summary>Removes the additions, the last one first. Objects that the user keeps answer with an error from now on.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        while (_additions.TryPop(out IDisposable? addition))
            addition.Dispose();
        _evaluator.Dispose();
        _extensibility.Dispose();
        _host.Dispose();
    }

    /// <summary>Has an addition removed with the others.</summary>
    internal void Keep(IDisposable addition) => _additions.Push(addition);

    /// <summary>An empty model for objects to have above them.</summary>
    internal ModelObject CreateModel(string name) => _manager.CreateDataModelObject(new NamedModel(name));

    /// <summary>An object without keys.</summary>
    internal ModelObject CreateObject() => _manager.CreateSyntheticObject();

    /// <summary>Adds a property to a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="property">The property.</param>
    /// <param name="valueOf">What the property's getter gets for an object.</param>
    internal void Define<T>(ModelObject model, ModelProperty<T> property, Func<ModelObject, T> valueOf)
    {
        var accessor = new PropertyAccessor(this, instance => property.Get(valueOf(instance)));
        using ModelObject callable = CreateCallable(ModelObjectKind.PropertyAccessor, accessor, typeof(IModelPropertyAccessor).GUID);
        using KeyStore description = Describe(property.Help, property.Radix);
        model.SetKey(property.Name, callable, description);
    }

    /// <summary>What is said of a property.</summary>
    private KeyStore Describe(string help, uint? radix)
    {
        KeyStore store = _manager.CreateMetadataStore();
        Set("Help", help);
        if (radix is { } number)
            Set("PreferredRadix", number);
        return store;

        void Set(string key, object value)
        {
            using ModelObject boxed = Box(value);
            store.SetKey(key, boxed);
        }
    }

    /// <summary>The object for a value.</summary>
    /// <param name="value">Null for nothing, a truth value, a number, text, or an object, which is passed on.</param>
    /// <exception cref="EngineCallException">The debugger refuses.</exception>
    public ModelObject Box(object? value) => value switch
    {
        null => _manager.CreateNoValue(),
        ModelObject made => made,
        bool truth => BoxValue(Variant.Of(truth)),
        int number => BoxValue(Variant.Of(number)),
        uint number => BoxValue(Variant.Of(number)),
        ulong number => BoxValue(Variant.Of(number)),
        "" => BoxEmptyText(),
        string text => BoxValue(Variant.Of(text)),
        _ => throw new ArgumentException($"The data model has no object for a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Answers a call of the debugger: with a value or, when there is none, with an error object.</summary>
    /// <param name="result">Where the debugger wants the object.</param>
    /// <param name="answer">Computes the value; may throw.</param>
    internal int Answer(nint* result, Func<object?> answer)
    {
        *result = 0;
        try
        {
            ThrowIfClosed();
            *result = Box(answer()).Detach();
            return HResult.Ok.Value;
        }
#pragma warning disable CA1031 // An exception that leaves a callback kills the engine's process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Fail(result, exception);
        }
    }

    /// <summary>Answers a call of the debugger with an error object; never throws.</summary>
    internal int Fail(nint* result, Exception exception)
    {
        HResult code = CodeOf(exception);
        _ = _manager.TryCreateErrorObject(code, exception.Message, out *result);
        return code.Value;
    }

    /// <summary>The code the debugger is given for an exception. Codes of .NET would be shown as text the user cannot read.</summary>
    internal static HResult CodeOf(Exception exception) => exception switch
    {
        ModelErrorException error => error.Code,
        EngineCallException error => error.Result,
        _ => HResult.Fail,
    };

    /// <exception cref="ModelErrorException">The model is closed.</exception>
    internal void ThrowIfClosed()
    {
        if (_isClosed)
            throw new ModelErrorException(HResult.Disconnected, _closedMessage);
    }

    /// <summary>An empty text, which stays equal to <c>""</c>, with a line to be displayed as.</summary>
    private ModelObject BoxEmptyText()
    {
        ModelObject text = BoxValue(Variant.Of(""));
        text.SetConcept<IStringDisplayableConcept>(_nothing);
        return text;
    }

    private ModelObject BoxValue(Variant value)
    {
        try
        {
            return _manager.CreateIntrinsicObject(ModelObjectKind.Intrinsic, value);
        }
        finally
        {
            value.FreeText();
        }
    }

    private ModelObject CreateCallable(ModelObjectKind kind, object implementation, Guid iid)
    {
        using var exposed = new ExposedObject(implementation, iid);
        return _manager.CreateIntrinsicObject(kind, Variant.Interface(exposed.Pointer));
    }
}
