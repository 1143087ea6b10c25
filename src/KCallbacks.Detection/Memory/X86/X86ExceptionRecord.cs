using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// The exception record in an x86 frame of Vista and later: a link of the thread's chain whose handler is <c>ntdll!KiUserCallbackExceptionHandler</c>.
/// </summary>
internal sealed class X86ExceptionRecord(ProcessLandmarks landmarks)
{
    /// <summary>Where the record lies in the frame: the previous record, then the handler.</summary>
    public const ulong Offset = 0x0c;

    /// <summary>The previous record of the outermost one.</summary>
    public const uint EndOfChain = uint.MaxValue;

    /// <summary>Where the handler lies in a record.</summary>
    public const ulong HandlerOffset = 0x04;

    /// <summary>Holds the record of a frame against the chain's order and everything known of the handler.</summary>
    public FieldCheck Judge(in StackBytes stack, ulong frame, uint returnAddress)
    {
        ulong record = frame + Offset;
        if (!stack.TryReadUInt32(record, out uint previous) || !stack.TryReadUInt32(record + HandlerOffset, out uint handler))
            return stack.IsComplete ? FieldCheck.Against("the base of the stack cuts it") : new FieldCheck(Confidence.Low, "the memory ends before its exception record");
        if (previous != EndOfChain && (previous <= record || previous % sizeof(uint) != 0))
            return FieldCheck.Against("its exception record is not a link of a chain");

        return landmarks.ExceptionHandlers.IsEmpty ? JudgeByDistance(handler, returnAddress) : JudgeByName(handler);
    }

    private FieldCheck JudgeByName(uint handler) => landmarks.ExceptionHandlers.Contains(handler)
        ? new FieldCheck(Confidence.High, "its exception record names KiUserCallbackExceptionHandler")
        : FieldCheck.Against("its exception record names another handler");

    /// <summary>
    /// How far before the return address the handler lies: a2 in 8, b6 in 8.1 and 14393, cd from 15063 on; 4e in native 7, 6d in native 16299.
    /// </summary>
    private FieldCheck JudgeByDistance(uint handler, uint returnAddress)
    {
        uint distance = returnAddress - handler;
        if (distance is 0xa2 or 0xb6 or 0xcd or 0x4e or 0x6d)
            return new FieldCheck(landmarks.KnowsModules ? Confidence.High : Confidence.Medium, $"its exception handler lies 0x{distance:x} bytes before the return address");
        return landmarks.IsInNtdll(handler)
            ? new FieldCheck(Confidence.Medium, "returns into ntdll, where its exception handler is")
            : FieldCheck.Against("its exception handler is not in ntdll");
    }
}
