using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>An object that is displayed as text.</summary>
[GeneratedComInterface]
[Guid("d28e8d70-6c00-4205-940d-501016601ea3")]
internal unsafe partial interface IStringDisplayableConcept
{
    [PreserveSig]
    int ToDisplayString(nint contextObject, nint metadata, nint* displayString);
}
