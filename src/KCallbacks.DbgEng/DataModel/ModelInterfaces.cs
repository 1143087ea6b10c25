using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

// The interfaces of dbgmodel.h that the debugger calls on objects of ours.
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

/// <summary>A function.</summary>
[GeneratedComInterface]
[Guid("80600c1f-b90b-4896-82ad-1c00207909e8")]
internal unsafe partial interface IModelMethod
{
    [PreserveSig]
    int Call(nint contextObject, ulong argumentCount, nint* arguments, nint* result, nint* metadata);
}

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

/// <summary>An object that is displayed as text.</summary>
[GeneratedComInterface]
[Guid("d28e8d70-6c00-4205-940d-501016601ea3")]
internal unsafe partial interface IStringDisplayableConcept
{
    [PreserveSig]
    int ToDisplayString(nint contextObject, nint metadata, nint* displayString);
}
