using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>An iteration in progress.</summary>
[GeneratedComInterface]
[Guid("e4622136-927d-4490-874f-581f3e4e3688")]
internal unsafe partial interface IModelIterator
{
    [PreserveSig]
    int Reset();

    [PreserveSig]
    int GetNext(nint* item, ulong dimensions, nint* indexers, nint* metadata);
}
