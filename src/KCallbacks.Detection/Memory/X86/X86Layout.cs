using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// The frame of x86 Windows, native or in the 32-bit half of a WoW64 thread, as read from live stacks of XP SP3, 8.1 and 14393 to 19044.
/// </summary>
/// <remarks>
/// A is the slot of the return address into the dispatcher. The call that fills it overwrites the API number.
/// <code>
///         XP            Vista to 8.1       Windows 10 and later
/// A+00    return address
/// A+04    input buffer, which is the address of the data below
/// A+08    input length (8.1 writes 0 although data follows)
/// A+0c    data          exception record: previous record
/// A+10                  exception record: ntdll!KiUserCallbackExceptionHandler
/// A+14                  data               outer stack pointer
/// A+18                                     data
/// </code>
/// </remarks>
internal sealed class X86Layout(CallbackLayout layout, ProcessLandmarks landmarks, IProcessView process) : ICallbackLayout
{
    private const uint BufferOffset = 0x04;
    private const uint LengthOffset = 0x08;
    private const uint OuterStackPointerOffset = 0x14;

    private readonly uint _inputOffset = layout switch
    {
        CallbackLayout.X86Xp => 0x0c,
        CallbackLayout.X86Vista => 0x14,
        _ => 0x18,
    };

    private readonly X86DispatcherReturn _dispatcherReturn = new(layout, landmarks, process);
    private readonly X86ExceptionRecord _record = new(landmarks);
    private readonly X86EntryStub _entryStub = new(landmarks, process);

    /// <summary>Wine's 32-bit frames were never seen.</summary>
    public bool IsVerified => !process.IsWine;

    private bool HasRecord => layout != CallbackLayout.X86Xp;

    public ulong? FindCandidate(in StackBytes stack, ulong from) => stack.End > uint.MaxValue
        ? null
        : SelfPointerSearch.Find<uint>(stack, from + BufferOffset, _inputOffset - BufferOffset) - BufferOffset;

    public CandidateCheck Check(in StackBytes stack, ulong address)
    {
        if (address < stack.StackPointer || !stack.TryReadUInt32(address, out uint returnAddress))
            return CandidateCheck.NotAFrame;
        bool hasLength = stack.TryReadUInt32(address + LengthOffset, out uint length);
        if (hasLength ? length > CallbackLimits.InputLength : stack.IsComplete)
            return CandidateCheck.NotAFrame;
        if (!TryReadOuter(stack, address, length, out ulong outer))
            return CandidateCheck.NotAFrame;

        FieldCheck call = _dispatcherReturn.Judge(returnAddress);
        return HasRecord
            ? CheckRecord(stack, address, returnAddress, length, outer, call)
            : CheckXp(stack, address, returnAddress, length, call);
    }

    private CandidateCheck CheckRecord(in StackBytes stack, ulong address, uint returnAddress, uint length, ulong outer, FieldCheck call)
    {
        FieldCheck record = _record.Judge(stack, address, returnAddress);
        if (record.Contradicts)
            return CandidateCheck.NotAFrame;
        if (call.Contradicts)
            return CandidateCheck.Stale(call.Reason);

        FieldCheck better = call.Weight >= record.Weight ? call : record;
        return CandidateCheck.Is(WithEntry(stack, Frame(stack, address, returnAddress, length, better), outer));
    }

    /// <summary>The buffer's pointer alone is a weak form: without a return into ntdll it is no frame, not even a stale one.</summary>
    private CandidateCheck CheckXp(in StackBytes stack, ulong address, uint returnAddress, uint length, FieldCheck call)
    {
        bool isProved = call.Weight > Confidence.Low;
        if (call.Contradicts || (!isProved && (!landmarks.KnowsModules || LooksLikeApc(stack, address))))
            return CandidateCheck.NotAFrame;
        return CandidateCheck.Is(WithEntry(stack, Frame(stack, address, returnAddress, length, call), outer: 0));
    }

    private CallbackFrame WithEntry(in StackBytes stack, CallbackFrame frame, ulong outer)
    {
        bool isLengthKnown = frame.InputLength != 0 || layout != CallbackLayout.X86Vista;
        (ulong entry, ulong pointer) = frame.IsCut ? (0, outer) : _entryStub.Find(stack, outer, frame.InputBuffer + frame.InputLength, isLengthKnown);
        return frame with { EntryInstructionPointer = entry, OuterStackPointer = pointer };
    }

    private CallbackFrame Frame(in StackBytes stack, ulong address, uint returnAddress, uint length, FieldCheck witness)
    {
        bool isCut = address + _inputOffset > stack.End;
        return new CallbackFrame
        {
            Layout = layout,
            Address = address,
            InputBuffer = address + _inputOffset,
            InputLength = length,
            ReturnAddress = returnAddress,
            IsCut = isCut,
            Confidence = isCut && witness.Weight == Confidence.High ? Confidence.Medium : witness.Weight!.Value,
            ConfidenceReason = isCut ? $"{witness.Reason}; the memory ends inside the frame" : witness.Reason,
        };
    }

    /// <summary>False when the outer stack pointer is readable and impossible.</summary>
    private bool TryReadOuter(in StackBytes stack, ulong address, uint length, out ulong outer)
    {
        outer = 0;
        if (layout != CallbackLayout.X86Windows10)
            return true;
        if (!stack.TryReadUInt32(address + OuterStackPointerOffset, out uint esp))
            return !stack.IsComplete;
        outer = esp;
        return esp % sizeof(uint) == 0 && esp >= address + _inputOffset + length && (!stack.IsComplete || esp < stack.End);
    }

    /// <summary>
    /// A frame of XP's KiUserApcDispatcher has the same form; its data is a CONTEXT, whose first word is its x86 flags, control, integer and
    /// segment registers among them. Handles of monitors are such numbers, too, but lower ones.
    /// </summary>
    private bool LooksLikeApc(in StackBytes stack, ulong address) =>
        stack.TryReadUInt32(address + _inputOffset, out uint flags) && flags is >= 0x10007 and <= 0x1007f && (flags & 7) == 7;
}
