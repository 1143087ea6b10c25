using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>
/// The frame at the entry of <c>KiUserCallbackDispatcher</c> on x64, as read from 24 builds of ntdll (6.1.7600 to 10.0.26100) and from real stacks.
/// </summary>
/// <remarks>
/// F is the stack pointer at the entry, 16-aligned.
/// <code>
/// F-08  return address into the dispatcher, once it called the routine
/// F+20  input buffer = F+58        F+30  Rip after the system call    F+58  copy of the input
/// F+28  input length (u32)         F+48  outer Rsp
/// F+2c  API number (u32)           F == (Rsp - length - 58) &amp; ~f
/// </code>
/// The kernel does not write SegCs (F+38), EFlags (F+40) and SegSs (F+50): they hold garbage and prove nothing.
/// </remarks>
internal sealed class X64Layout(ProcessLandmarks landmarks, IProcessView process) : ICallbackLayout
{
    private const ulong FrameAlignment = 16;
    private const uint BufferOffset = 0x20;
    private const uint LengthOffset = 0x28;
    private const uint ApiNumberOffset = 0x2c;
    private const uint RipOffset = 0x30;
    private const uint RspOffset = 0x48;
    private const uint InputOffset = 0x58;

    private readonly X64DispatcherReturn _dispatcherReturn = new(landmarks, process);
    private readonly X64SystemCallReturn _systemCallReturn = new(landmarks, process);

    public bool IsVerified => true;

    public ulong? FindCandidate(in StackBytes stack, ulong from)
    {
        ulong slot = from + BufferOffset;
        while (SelfPointerSearch.Find<ulong>(stack, slot, InputOffset - BufferOffset) is { } found)
        {
            if (found % FrameAlignment == 0)
                return found - BufferOffset;
            slot = found + sizeof(ulong);
        }

        return null;
    }

    public CandidateCheck Check(in StackBytes stack, ulong address)
    {
        if (!stack.TryReadUInt64(address + RspOffset, out ulong rsp))
            return CheckCut(stack, address);
        if (!stack.TryReadUInt32(address + LengthOffset, out uint length) || length > CallbackLimits.InputLength)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt32(address + ApiNumberOffset, out uint apiNumber) || apiNumber >= CallbackLimits.ApiNumbers)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt64(address + RipOffset, out ulong rip) || ((rsp - length - InputOffset) & ~(FrameAlignment - 1)) != address)
            return CandidateCheck.NotAFrame;
        if (stack.IsComplete && rsp >= stack.End)
            return CandidateCheck.Stale("its outer stack pointer lies beyond the base of the stack");

        FieldCheck entry = _systemCallReturn.Judge(rip);
        if (entry.Contradicts)
            return CandidateCheck.Stale(entry.Reason);
        FieldCheck call = _dispatcherReturn.Judge(stack, address, out ulong returnAddress);
        if (call.Contradicts)
            return CandidateCheck.Stale(call.Reason);

        return CandidateCheck.Is(new CallbackFrame
        {
            Layout = CallbackLayout.X64,
            Address = address,
            ApiNumber = (int)apiNumber,
            InputBuffer = address + InputOffset,
            InputLength = length,
            EntryInstructionPointer = rip,
            OuterStackPointer = rsp,
            ReturnAddress = returnAddress,
            Confidence = Weigh(call, entry),
            ConfidenceReason = $"{call.Reason}; {entry.Reason}",
        });
    }

    /// <summary>A frame whose machine part lies beyond the end of the memory has only the buffer's pointer and F-8 to prove it.</summary>
    private CandidateCheck CheckCut(in StackBytes stack, ulong address)
    {
        if (stack.IsComplete)
            return CandidateCheck.NotAFrame;
        bool hasLength = stack.TryReadUInt32(address + LengthOffset, out uint length);
        bool hasApiNumber = stack.TryReadUInt32(address + ApiNumberOffset, out uint apiNumber);
        if (length > CallbackLimits.InputLength || apiNumber >= CallbackLimits.ApiNumbers)
            return CandidateCheck.NotAFrame;
        FieldCheck call = _dispatcherReturn.Judge(stack, address, out ulong returnAddress);
        if (call.Contradicts)
            return CandidateCheck.NotAFrame;

        return CandidateCheck.Is(new CallbackFrame
        {
            Layout = CallbackLayout.X64,
            Address = address,
            ApiNumber = hasApiNumber ? (int)apiNumber : null,
            InputBuffer = address + InputOffset,
            InputLength = hasLength ? length : 0,
            ReturnAddress = returnAddress,
            IsCut = true,
            Confidence = call.Weight == Confidence.High ? Confidence.Medium : Confidence.Low,
            ConfidenceReason = $"{call.Reason}; the memory ends inside the frame",
        });
    }

    /// <summary>The return address decides; an entry nothing is known of costs one step.</summary>
    private static Confidence Weigh(FieldCheck call, FieldCheck entry)
    {
        Confidence weight = call.Weight!.Value;
        return entry.Weight == Confidence.Low && weight > Confidence.Low ? weight - 1 : weight;
    }
}
