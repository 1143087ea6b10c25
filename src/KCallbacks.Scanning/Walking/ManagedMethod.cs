namespace KCallbacks.Scanning.Walking;

/// <summary>A method of a .NET runtime.</summary>
/// <param name="Assembly">Simple name of its assembly; of code that the runtime makes for calls, of the runtime.</param>
/// <param name="Name"><c>Namespace.Type.Method</c>.</param>
/// <param name="CodeStart">Where its code begins.</param>
public sealed record ManagedMethod(string Assembly, string Name, ulong CodeStart);
