using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>A read-only property.</summary>
/// <param name="debugger">The data model.</param>
/// <param name="get">Computes the value for an object; the object is the caller's.</param>
[GeneratedComClass]
internal sealed unsafe partial class PropertyAccessor(DebuggerModel debugger, Func<ModelObject, object?> get) : IModelPropertyAccessor
{
    int IModelPropertyAccessor.GetValue(char* key, nint contextObject, nint* value) => debugger.Answer(value, () =>
    {
        using ModelObject instance = EngineInterface.Query<ModelObject>(contextObject);
        return get(instance);
    });

    int IModelPropertyAccessor.SetValue(char* key, nint contextObject, nint value) => HResult.NotImplemented.Value;
}
