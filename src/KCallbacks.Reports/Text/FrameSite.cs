using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Text;

/// <summary>Where a frame is, as debuggers write it.</summary>
public static class FrameSite
{
    /// <summary>For example <c>user32!UserCallWinProcCheckWow+0x33c</c>; the address when nothing has a name.</summary>
    public static string Of(StackFrame frame)
    {
        string displacement = frame.Displacement is { } bytes ? $"+0x{bytes:x}" : "";
        return (frame.Module, frame.Function) switch
        {
            (null, null) => DisplayText.OfAddress(frame.InstructionPointer),
            (null, { } function) => $"{function}{displacement}",
            ({ } module, null) => $"{module}{displacement}",
            ({ } module, { } function) => $"{module}!{function}{displacement}",
        };
    }
}
