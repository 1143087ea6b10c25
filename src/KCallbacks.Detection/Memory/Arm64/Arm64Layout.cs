using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.Arm64;

/// <summary>
/// The frame at the dispatcher's entry on ARM64. Its offsets are those of Microsoft's ksarm64.h, "Usermode Callout User Frame
/// Definitions"; that the kernel leaves the red zone free and rounds down comes from Wine and one printed stack of Windows.
/// No word tells a live frame from one that is over, so what is found has low confidence and finding nothing proves nothing.
/// </summary>
/// <remarks>
/// <code>
/// F+00  input buffer, which is F+30     F+20  outer stack pointer
/// F+08  input length (u32)              F+28  instruction pointer of the stub
/// F+0c  API number (u32)                F+30  copy of the input
/// F+18  link register                   F == (sp - red zone - length - 30) &amp; ~f
/// </code>
/// </remarks>
internal sealed class Arm64Layout(ProcessLandmarks landmarks) : ICallbackLayout
{
    private const uint LengthOffset = 0x08;
    private const uint ApiNumberOffset = 0x0c;
    private const uint StackPointerOffset = 0x20;
    private const uint InstructionPointerOffset = 0x28;
    private const uint InputOffset = 0x30;
    private const ulong FrameAlignment = 16;

    /// <summary>ARM64_RED_ZONE_BYTES: code may keep data this far below its stack pointer.</summary>
    private const uint RedZone = 0x10;

    public bool IsVerified => false;

    public ulong? FindCandidate(in StackBytes stack, ulong from) => SelfPointerSearch.Find<ulong>(stack, from, InputOffset);

    public CandidateCheck Check(in StackBytes stack, ulong address)
    {
        if (!stack.TryReadUInt32(address + LengthOffset, out uint length) || length > CallbackLimits.InputLength)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt32(address + ApiNumberOffset, out uint apiNumber) || apiNumber >= CallbackLimits.ApiNumbers)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt64(address + StackPointerOffset, out ulong outer) || ((outer - RedZone - length - InputOffset) & ~(FrameAlignment - 1)) != address)
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt64(address + InstructionPointerOffset, out ulong entry) || (landmarks.KnowsModules && !landmarks.IsInEntryModule(entry)))
            return CandidateCheck.NotAFrame;

        return CandidateCheck.Is(new CallbackFrame
        {
            Layout = CallbackLayout.Arm64,
            Address = address,
            ApiNumber = (int)apiNumber,
            InputBuffer = address + InputOffset,
            InputLength = length,
            EntryInstructionPointer = entry,
            OuterStackPointer = outer,
            Confidence = Confidence.Low,
            ConfidenceReason = "no word of an ARM64 callback frame tells whether its callback is over",
        });
    }
}
