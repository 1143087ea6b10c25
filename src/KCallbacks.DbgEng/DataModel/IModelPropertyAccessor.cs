using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>A property whose value is computed when it is asked for.</summary>
[GeneratedComInterface]
[Guid("5a0c63d9-0526-42b8-960c-9516a3254c85")]
internal unsafe partial interface IModelPropertyAccessor
{
    [PreserveSig]
    int GetValue(char* key, nint contextObject, nint* value);

    [PreserveSig]
    int SetValue(char* key, nint contextObject, nint value);
}
