using System.Runtime.InteropServices.Marshalling;
using System.Text;

namespace KCallbacks.EngineHost;

/// <summary>Collects what the engine prints for one client, in the one format that client wants.</summary>
[GeneratedComClass]
internal sealed unsafe partial class OutputCapture(OutputFormat format) : IDebugOutputCallbacks, IDebugOutputCallbacks2
{
    private readonly StringBuilder _collected = new();

    /// <summary>What came since the last call.</summary>
    public string Take()
    {
        string text = _collected.ToString();
        _collected.Clear();
        return text;
    }

    int IDebugOutputCallbacks.Output(uint mask, nint ansiText) => 0;

    int IDebugOutputCallbacks2.Output(uint mask, nint ansiText) => 0;

    int IDebugOutputCallbacks2.GetInterestMask(uint* mask)
    {
        *mask = (uint)format;
        return 0;
    }

    int IDebugOutputCallbacks2.Output2(uint which, uint flags, ulong argument, char* text)
    {
        _collected.Append(new string(text));
        return 0;
    }
}
