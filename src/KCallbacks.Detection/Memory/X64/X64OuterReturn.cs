using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>
/// The word at a frame's outer stack pointer: the stub through which the callback was entered returns there, so it is the address of code
/// that follows a call. The caller may be any module, or code that a runtime made.
/// </summary>
internal sealed class X64OuterReturn(ProcessLandmarks landmarks, IProcessView process)
{
    private readonly CallInstruction _call = new(process);

    /// <summary>Holds the word against what a return address can be.</summary>
    public FieldCheck Judge(in StackBytes stack, ulong outerStackPointer)
    {
        if (!stack.TryReadUInt64(outerStackPointer, out ulong address))
            return new FieldCheck(Confidence.Low, "its caller is not readable");
        if (!AddressSpace.CanBeUserCode(address) || address >= AddressSpace.KernelStart || stack.Contains(address))
            return FieldCheck.Against($"its entry would return to 0x{address:x}, which is no code");
        if (_call.EndsAt(address) is { } isAfterCall)
            return isAfterCall ? new FieldCheck(Confidence.High, "its entry returns to its call") : FieldCheck.Against($"its entry would return to 0x{address:x}, which follows no call");
        return landmarks.IsInModule(address)
            ? new FieldCheck(Confidence.Medium, "its entry returns into a module")
            : new FieldCheck(Confidence.Low, "its entry returns to code of no module");
    }
}
