namespace KCallbacks.DbgEng.DataModel;

/// <summary>What an object of the data model is made as (<c>ModelObjectKind</c>, as far as it is used).</summary>
internal enum ModelObjectKind : uint
{
    /// <summary>A property, before its value is asked for.</summary>
    PropertyAccessor = 0,

    /// <summary>A number, a text or a truth value.</summary>
    Intrinsic = 7,

    /// <summary>A function.</summary>
    Method = 8,
}
