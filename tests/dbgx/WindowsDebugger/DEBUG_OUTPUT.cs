namespace WindowsDebugger.DbgEng;

/// <summary>What kind of output it is; named as in <c>dbgeng.h</c>.</summary>
[Flags]
public enum DEBUG_OUTPUT
{
    NORMAL = 1,
    ERROR = 2,
    WARNING = 4,
    VERBOSE = 8,
    PROMPT = 16,
}
