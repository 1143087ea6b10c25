using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>What the debugger wants to know of a model: its name.</summary>
[GeneratedComClass]
internal sealed unsafe partial class NamedModel(string name) : IDataModelConcept
{
    int IDataModelConcept.InitializeObject(nint modelObject, nint matchingTypeSignature, nint wildcardMatches) => HResult.Ok.Value;

    int IDataModelConcept.GetName(nint* modelName)
    {
        *modelName = Marshal.StringToBSTR(name);
        return HResult.Ok.Value;
    }
}
