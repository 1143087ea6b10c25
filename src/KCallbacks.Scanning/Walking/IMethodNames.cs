namespace KCallbacks.Scanning.Walking;

/// <summary>Names of code that no image exports.</summary>
public interface IMethodNames
{
    /// <summary>The method whose code lies at an address; null when it is none, or its name is not known.</summary>
    ManagedMethod? MethodAt(ulong address);
}
