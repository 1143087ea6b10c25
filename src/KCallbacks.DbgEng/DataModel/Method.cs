using System.Collections.Immutable;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>A function.</summary>
/// <param name="debugger">The data model.</param>
/// <param name="call">Computes the result; the arguments are the caller's.</param>
[GeneratedComClass]
internal sealed unsafe partial class Method(DebuggerModel debugger, Func<ImmutableArray<ModelObject>, object?> call) : IModelMethod
{
    int IModelMethod.Call(nint contextObject, ulong argumentCount, nint* arguments, nint* result, nint* metadata)
    {
        if (metadata != null)
            *metadata = 0;
        return debugger.Answer(result, () => Call(new ReadOnlySpan<nint>(arguments, (int)argumentCount)));
    }

    private object? Call(ReadOnlySpan<nint> pointers)
    {
        ImmutableArray<ModelObject>.Builder arguments = ImmutableArray.CreateBuilder<ModelObject>(pointers.Length);
        try
        {
            foreach (nint pointer in pointers)
                arguments.Add(EngineInterface.Query<ModelObject>(pointer));
            return call(arguments.ToImmutable());
        }
        finally
        {
            foreach (ModelObject argument in arguments)
                argument.Dispose();
        }
    }
}
