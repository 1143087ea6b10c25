using KCallbacks.Detection;

namespace KCallbacks.Reports;

/// <summary>Where a frame is, as debuggers write it.</summary>
public static class CallSite
{
    /// <summary>For example <c>user32!UserCallWinProcCheckWow+0x33c</c>; the address when nothing has a name.</summary>
    public static string Of(StackFrame frame)
    {
        string displacement = frame.Displacement is { } bytes ? $"+0x{bytes:x}" : "";
        return (frame.Module, frame.Function) switch
        {
            (null, null) => Words.OfAddress(frame.InstructionPointer),
            (null, { } function) => $"{function}{displacement}",
            ({ } module, null) => $"{module}{displacement}",
            ({ } module, { } function) => $"{module}!{function}{displacement}",
        };
    }
}
