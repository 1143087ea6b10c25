using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng;

/// <summary>An object the engine calls with output, which it delivers in exact Unicode and, if wanted, as DML.</summary>
/// <param name="format">What is wanted of DML output.</param>
/// <param name="write">Gets each piece of output; called on the engine's thread.</param>
[GeneratedComClass]
public sealed unsafe partial class OutputCallbacks(OutputFormat format, Action<OutputMask, string> write) : IDebugOutputCallbacks, IDebugOutputCallbacks2
{
    int IDebugOutputCallbacks.Output(uint mask, byte* text) => Deliver(mask, Marshal.PtrToStringAnsi((nint)text));

    int IDebugOutputCallbacks2.Output(uint mask, byte* text) => Deliver(mask, Marshal.PtrToStringAnsi((nint)text));

    int IDebugOutputCallbacks2.GetInterestMask(uint* mask)
    {
        *mask = (uint)format;
        return HResult.Ok.Value;
    }

    int IDebugOutputCallbacks2.Output2(uint which, uint flags, ulong argument, char* text) =>
        Deliver((uint)argument, text == null ? null : new string(text));

    private int Deliver(uint mask, string? text)
    {
        if (text is null)
            return HResult.Ok.Value;
        try
        {
            write((OutputMask)mask, text);
            return HResult.Ok.Value;
        }
#pragma warning disable CA1031 // An exception that leaves a callback kills the engine's process.
        catch (Exception)
#pragma warning restore CA1031
        {
            return HResult.Fail.Value;
        }
    }
}
