using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>A function.</summary>
[GeneratedComInterface]
[Guid("80600c1f-b90b-4896-82ad-1c00207909e8")]
internal unsafe partial interface IModelMethod
{
    [PreserveSig]
    int Call(nint contextObject, ulong argumentCount, nint* arguments, nint* result, nint* metadata);
}
