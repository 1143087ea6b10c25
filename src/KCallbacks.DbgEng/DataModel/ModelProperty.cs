namespace KCallbacks.DbgEng.DataModel;

/// <summary>A property as the user sees it.</summary>
/// <typeparam name="T">What the property is of.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Help">What <c>dx -v</c> says of it.</param>
/// <param name="Get">
/// Computes its value: null for nothing, a truth value, a number, text or an object. An exception becomes an error object
/// with its message.
/// </param>
public sealed record ModelProperty<T>(string Name, string Help, Func<T, object?> Get)
{
    /// <summary>Radix its number is shown in; null for the debugger's choice.</summary>
    public uint? Radix { get; init; }
}
