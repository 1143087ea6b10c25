using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng;

/// <summary>A managed object as the engine sees it: a COM interface, one reference of which this holds until it is disposed.</summary>
internal readonly ref struct ExposedObject
{
    private static readonly StrategyBasedComWrappers Wrappers = new();

    /// <summary>Exposes an object that the engine only refers to, without an interface.</summary>
    public ExposedObject(object implementation) =>
        Pointer = Wrappers.GetOrCreateComInterfaceForObject(implementation, CreateComInterfaceFlags.None);

    /// <summary>Exposes one interface of an object.</summary>
    /// <param name="implementation">A <see cref="GeneratedComClassAttribute">COM class</see>.</param>
    /// <param name="iid">The interface's id.</param>
    public ExposedObject(object implementation, Guid iid)
    {
        using var whole = new ExposedObject(implementation);
        Marshal.ThrowExceptionForHR(Marshal.QueryInterface(whole.Pointer, in iid, out nint found));
        Pointer = found;
    }

    /// <summary>The interface pointer.</summary>
    public nint Pointer { get; }

    /// <summary>The object that a pointer made here stands for.</summary>
    public static object Behind(nint unknown) => ComWrappers.TryGetObject(unknown, out object? value)
        ? value
        : throw new InvalidOperationException("The data model returned an object that is none of this extension's.");

    /// <summary>Gives back the reference.</summary>
    public void Dispose() => Marshal.Release(Pointer);
}
