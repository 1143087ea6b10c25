using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>A model that can be put above other objects.</summary>
[GeneratedComInterface]
[Guid("fcb98d1d-1114-4fbf-b24c-effcb5def0d3")]
internal unsafe partial interface IDataModelConcept
{
    [PreserveSig]
    int InitializeObject(nint modelObject, nint matchingTypeSignature, nint wildcardMatches);

    [PreserveSig]
    int GetName(nint* modelName);
}
