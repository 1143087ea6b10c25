namespace KCallbacks.Detection.Managed;

/// <summary>An object of a .NET runtime.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Type">Namespace and name of its type, nested types after a <c>+</c>.</param>
/// <param name="Size">Bytes up to the end of its fields; of an array or a text without its elements.</param>
public sealed record ManagedObject(ulong Address, string Type, uint Size);
