using System.Globalization;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>What an object holds: iterated, and found by a number.</summary>
/// <param name="debugger">The data model.</param>
/// <param name="items">The items of an object, which is the caller's.</param>
[GeneratedComClass]
internal sealed unsafe partial class HeldItems(DebuggerModel debugger, Func<ModelObject, IModelItems> items) : IIterableConcept, IIndexableConcept
{
    private const ulong Dimensions = 1;

    int IIterableConcept.GetDefaultIndexDimensionality(nint contextObject, ulong* dimensionality) => TellDimensions(dimensionality);

    int IIndexableConcept.GetDimensionality(nint contextObject, ulong* dimensionality) => TellDimensions(dimensionality);

    /// <summary>The items are computed here: an error that an item would report counts as the end of the items.</summary>
    int IIterableConcept.GetIterator(nint contextObject, nint* iterator)
    {
        *iterator = 0;
        try
        {
            debugger.ThrowIfClosed();
            using ModelObject instance = EngineInterface.Query<ModelObject>(contextObject);
            IModelItems computed = items(instance);
            *iterator = new ExposedObject(new ItemIterator(debugger, computed), typeof(IModelIterator).GUID).Pointer;
            return HResult.Ok.Value;
        }
#pragma warning disable CA1031 // An exception that leaves a callback kills the engine's process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return DebuggerModel.CodeOf(exception).Value;
        }
    }

    /// <summary>Succeeds with an error object: together with a failure the debugger drops the object and its text.</summary>
    int IIndexableConcept.GetAt(nint contextObject, ulong indexerCount, nint* indexers, nint* item, nint* metadata)
    {
        if (metadata != null)
            *metadata = 0;
        _ = debugger.Answer(item, () => Find(contextObject, new ReadOnlySpan<nint>(indexers, (int)indexerCount)));
        return HResult.Ok.Value;
    }

    int IIndexableConcept.SetAt(nint contextObject, ulong indexerCount, nint* indexers, nint value) => HResult.NotImplemented.Value;

    private static int TellDimensions(ulong* dimensionality)
    {
        *dimensionality = Dimensions;
        return HResult.Ok.Value;
    }

    private ModelObject Find(nint contextObject, ReadOnlySpan<nint> indexers)
    {
        if (indexers.Length != (int)Dimensions)
            throw new ModelErrorException(HResult.OutOfBounds, "One number is needed as the index.");
        using ModelObject indexer = EngineInterface.Query<ModelObject>(indexers[0]);
        if (!indexer.TryGetNumber(out ulong key).Succeeded)
            throw new ModelErrorException(HResult.OutOfBounds, "The index must be a number.");
        using ModelObject instance = EngineInterface.Query<ModelObject>(contextObject);
        return items(instance).Find(key)
            ?? throw new ModelErrorException(HResult.OutOfBounds, string.Create(CultureInfo.InvariantCulture, $"There is no item with the index 0x{key:x}."));
    }
}
