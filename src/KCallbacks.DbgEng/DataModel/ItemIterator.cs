using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>An iteration over what an object holds. After an error it is over, or a caller could go on for ever.</summary>
/// <param name="debugger">The data model.</param>
/// <param name="items">What is iterated.</param>
[GeneratedComClass]
internal sealed unsafe partial class ItemIterator(DebuggerModel debugger, IModelItems items) : IModelIterator
{
    private int _next;
    private bool _failed;

    int IModelIterator.Reset()
    {
        _next = 0;
        _failed = false;
        return HResult.Ok.Value;
    }

    int IModelIterator.GetNext(nint* item, ulong dimensions, nint* indexers, nint* metadata)
    {
        *item = 0;
        if (metadata != null)
            *metadata = 0;
        try
        {
            return MoveNext(item, new Span<nint>(indexers, (int)dimensions));
        }
#pragma warning disable CA1031 // An exception that leaves a callback kills the engine's process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failed = true;
            return debugger.Fail(item, exception);
        }
    }

    private int MoveNext(nint* item, Span<nint> indexers)
    {
        if (_failed)
            return HResult.OutOfBounds.Value;
        debugger.ThrowIfClosed();
        if (_next >= items.Count)
            return HResult.OutOfBounds.Value;
        int position = _next++;
        using ModelObject found = items.At(position);
        if (!indexers.IsEmpty)
            indexers[0] = debugger.Box(items.KeyOf(position)).Detach();
        *item = found.Detach();
        return HResult.Ok.Value;
    }
}
