namespace KCallbacks.DbgEng.DataModel;

/// <summary>A property as the user sees it.</summary>
/// <remarks>No record: nobody compares properties, and each kind of objects would bring the code that does.</remarks>
/// <typeparam name="T">What the property is of.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="help">What <c>dx -v</c> says of it.</param>
/// <param name="get">
/// Computes its value: null for nothing, a truth value, a number, text or an object. An exception becomes an error object
/// with its message.
/// </param>
public sealed class ModelProperty<T>(string name, string help, Func<T, object?> get)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What <c>dx -v</c> says of it.</summary>
    public string Help => help;

    /// <summary>Computes its value.</summary>
    public Func<T, object?> Get => get;

    /// <summary>Radix its number is shown in; null for the debugger's choice.</summary>
    public uint? Radix { get; init; }
}
