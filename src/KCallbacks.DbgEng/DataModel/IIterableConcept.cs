using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>An object that can be iterated.</summary>
[GeneratedComInterface]
[Guid("f5d49d0c-0b02-4301-9c9b-b3a6037628f3")]
internal unsafe partial interface IIterableConcept
{
    [PreserveSig]
    int GetDefaultIndexDimensionality(nint contextObject, ulong* dimensionality);

    [PreserveSig]
    int GetIterator(nint contextObject, nint* iterator);
}
