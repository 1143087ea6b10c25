using KCallbacks.Detection.Memory.X64;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.Wine;

/// <summary>
/// The frame of Wine 8 on x64. Its dispatcher is an ordinary function, entered with a fake return address; measured on Wine 8.0 and valid nowhere else.
/// </summary>
/// <remarks>
/// E is the stack pointer at the dispatcher's entry.
/// <code>
/// E+00  0xdeadbabe              E+18  input length
/// E+08  API number (u32)        E+28  copy of the input; (rsp - length) &amp; ~f == E+28
/// E+10  input, which is E+28    rsp   return address of the system call's stub
/// </code>
/// The dispatcher (push rbx; sub rsp,150h) calls the routine with its return address at E-160, then NtCallbackReturn with its return
/// address in the same place: what lies there says whether the callback is over.
/// </remarks>
internal sealed class WineX64Layout(ProcessLandmarks landmarks, IProcessView process) : ICallbackLayout
{
    private const ulong FakeReturnAddress = 0xdeadbabe;
    private const uint ApiNumberOffset = 0x08;
    private const uint BufferOffset = 0x10;
    private const uint LengthOffset = 0x18;
    private const uint InputOffset = 0x28;

    /// <summary>How far below the frame the dispatcher's own frame reaches.</summary>
    public const ulong DispatcherFrameSize = 0x160;

    private readonly X64StubCall _stub = new(process);
    private readonly CallInstruction _call = new(process);

    /// <summary>Other versions of Wine were not seen. Where nothing speaks for Wine, none of its frames being there is what is expected.</summary>
    public bool IsVerified => !process.IsWine;

    public ulong? FindCandidate(in StackBytes stack, ulong from) =>
        SelfPointerSearch.Find<ulong>(stack, from + BufferOffset, InputOffset - BufferOffset) - BufferOffset;

    public CandidateCheck Check(in StackBytes stack, ulong address)
    {
        ulong buffer = address + InputOffset;
        if (buffer % 16 != 0 || !stack.TryReadUInt64(address, out ulong fake) || fake != FakeReturnAddress)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt32(address + ApiNumberOffset, out uint apiNumber) || apiNumber >= CallbackLimits.ApiNumbers)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt32(address + LengthOffset, out uint length) || length > CallbackLimits.InputLength)
            return CandidateCheck.NotAFrame;

        FieldCheck call = JudgeCall(stack, address, out ulong returnAddress);
        if (call.Contradicts)
            return CandidateCheck.Stale(call.Reason);
        ulong outer = FindOuter(stack, buffer + length, out ulong caller);
        if (outer == 0 && returnAddress == 0)
            return CandidateCheck.Stale("it returns neither to Wine's dispatcher nor to a system call");
        return CandidateCheck.Is(new CallbackFrame
        {
            Layout = CallbackLayout.WineX64,
            Address = address,
            ApiNumber = (int)apiNumber,
            InputBuffer = buffer,
            InputLength = length,
            EntryInstructionPointer = outer == 0 ? 0 : _stub.FindSystemCall(caller),
            OuterStackPointer = outer,
            ReturnAddress = returnAddress,
            Confidence = call.Weight!.Value,
            ConfidenceReason = call.Reason,
        });
    }

    private FieldCheck JudgeCall(in StackBytes stack, ulong address, out ulong returnAddress)
    {
        ulong slot = address - DispatcherFrameSize;
        if (!stack.TryReadUInt64(slot, out returnAddress))
            return new FieldCheck(Confidence.Low, "the memory begins inside Wine's dispatcher");
        foreach (ulong dispatcher in landmarks.Dispatchers)
        {
            ulong displacement = returnAddress - dispatcher;
            if (displacement == Dispatcher.CallbackReturnOfWine && stack.StackPointer != slot)
                return FieldCheck.Against("its callback has returned to Wine's kernel side");
            if (displacement is Dispatcher.ReturnOfWine or Dispatcher.CallbackReturnOfWine)
                return new FieldCheck(Confidence.High, $"returns to Wine's KiUserCallbackDispatcher+0x{displacement:x}");
        }

        if (landmarks.Dispatchers.IsEmpty && landmarks.IsInNtdll(returnAddress))
            return new FieldCheck(Confidence.Medium, "Wine's fake return address, and a return into ntdll, where the dispatcher's address is not known");
        returnAddress = 0;
        return new FieldCheck(Confidence.Low, "Wine's fake return address, but no return into its dispatcher");
    }

    /// <summary>
    /// Of the one or two 8-aligned slots that fit after the input, the one that holds a return address. It may lead into any module: functions
    /// of user32 that only jump to a stub return to the program, or to code that a runtime made for it.
    /// </summary>
    private ulong FindOuter(in StackBytes stack, ulong endOfInput, out ulong caller)
    {
        ulong first = (endOfInput + 7) & ~7UL;
        for (ulong slot = first; slot < endOfInput + 16; slot += 8)
        {
            if (stack.TryReadUInt64(slot, out caller) && (landmarks.IsInModule(caller) || _call.EndsAt(caller) == true))
                return slot;
        }

        caller = 0;
        return 0;
    }
}
