using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>An object whose items are found by an index.</summary>
[GeneratedComInterface]
[Guid("d1fad99f-3f53-4457-850c-8051df2d3fb5")]
internal unsafe partial interface IIndexableConcept
{
    [PreserveSig]
    int GetDimensionality(nint contextObject, ulong* dimensionality);

    [PreserveSig]
    int GetAt(nint contextObject, ulong indexerCount, nint* indexers, nint* item, nint* metadata);

    [PreserveSig]
    int SetAt(nint contextObject, ulong indexerCount, nint* indexers, nint value);
}
