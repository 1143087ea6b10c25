namespace KCallbacks.DbgEng.DataModel;

/// <summary>What an object of the data model is (<c>ModelObjectKind</c>).</summary>
public enum ModelObjectKind : uint
{
    /// <summary>A property, before its value is asked for.</summary>
    PropertyAccessor = 0,

    /// <summary>A set of keys that an extension made.</summary>
    Synthetic = 4,

    /// <summary>Nothing: a property that does not apply to this object.</summary>
    NoValue = 5,

    /// <summary>A failure with its text.</summary>
    Error = 6,

    /// <summary>A number, a text or a truth value.</summary>
    Intrinsic = 7,

    /// <summary>A function.</summary>
    Method = 8,
}
