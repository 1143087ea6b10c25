using WindowsDebugger.DbgEng;

namespace DbgX;

/// <summary>What the debugger printed.</summary>
/// <param name="output">The text, as markup.</param>
public sealed class OutputEventArgs(string output) : EventArgs
{
    public string Output { get; } = output;

    public DEBUG_OUTPUT Mask { get; } = DEBUG_OUTPUT.NORMAL;
}
