using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>The line an object is displayed as.</summary>
/// <param name="debugger">The data model.</param>
/// <param name="display">Makes the line; the object is the caller's.</param>
[GeneratedComClass]
internal sealed unsafe partial class DisplayedText(DebuggerModel debugger, Func<ModelObject, string> display) : IStringDisplayableConcept
{
    /// <summary>What stands for an empty line: without one the debugger's grids show <c>{...}</c>.</summary>
    private const string Blank = " ";

    int IStringDisplayableConcept.ToDisplayString(nint contextObject, nint metadata, nint* displayString)
    {
        *displayString = Marshal.StringToBSTR(TextOf(contextObject));
        return HResult.Ok.Value;
    }

    /// <summary>A failure is displayed too: with an error code alone the debugger shows an empty line.</summary>
    private string TextOf(nint contextObject)
    {
        try
        {
            debugger.ThrowIfClosed();
            using ModelObject instance = EngineInterface.Query<ModelObject>(contextObject);
            return display(instance) is { Length: > 0 } text ? text : Blank;
        }
#pragma warning disable CA1031 // An exception that leaves a callback kills the engine's process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"Error: {exception.Message}";
        }
    }
}
