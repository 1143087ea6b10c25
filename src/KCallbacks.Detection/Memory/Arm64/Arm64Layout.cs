using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.Arm64;

/// <summary>
/// The frame at the dispatcher's entry on ARM64. Its offsets are those of Microsoft's ksarm64.h, "Usermode Callout User Frame
/// Definitions"; that the kernel leaves the red zone free and rounds down comes from Wine and one printed stack of Windows.
/// It was never checked on a stack of Windows: what is found has low confidence unless the routine's frame agrees (<see cref="Arm64RoutineReturn"/>),
/// and finding nothing proves nothing.
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
    /// <summary>Where the copy of the input lies, to which the frame's first word points.</summary>
    public const uint InputOffset = 0x30;

    private const uint LengthOffset = 0x08;
    private const uint ApiNumberOffset = 0x0c;
    private const uint StackPointerOffset = 0x20;
    private const uint InstructionPointerOffset = 0x28;
    private const uint LinkRegisterOffset = 0x18;
    private const ulong FrameAlignment = 16;

    /// <summary>ARM64_RED_ZONE_BYTES: code may keep data this far below its stack pointer.</summary>
    private const uint RedZone = 0x10;

    private readonly Arm64RoutineReturn _routineReturn = new(landmarks);

    public bool IsVerified => false;

    public ulong? FindCandidate(in StackBytes stack, ulong from) => SelfPointerSearch.Find<ulong>(stack, from, InputOffset);

    /// <summary>Whether the words at an address lie to each other as those of a frame do, the first of which points to its input.</summary>
    public static bool HasForm(in StackBytes stack, ulong address, out uint length, out uint apiNumber, out ulong outer)
    {
        length = apiNumber = 0;
        outer = 0;
        return stack.TryReadUInt32(address + LengthOffset, out length) && length <= CallbackLimits.InputLength
            && stack.TryReadUInt32(address + ApiNumberOffset, out apiNumber) && apiNumber < CallbackLimits.ApiNumbers
            && stack.TryReadUInt64(address + StackPointerOffset, out outer)
            && ((outer - RedZone - length - InputOffset) & ~(FrameAlignment - 1)) == address;
    }

    public CandidateCheck Check(in StackBytes stack, ulong address)
    {
        if (!HasForm(stack, address, out uint length, out uint apiNumber, out ulong outer))
            return CandidateCheck.NotAFrame;
        if (!stack.TryReadUInt64(address + InstructionPointerOffset, out ulong entry) || (landmarks.KnowsModules && !landmarks.IsInEntryModule(entry)))
            return CandidateCheck.NotAFrame;

        ulong returnAddress = _routineReturn.Find(stack, address);
        return CandidateCheck.Is(new CallbackFrame
        {
            Layout = CallbackLayout.Arm64,
            Address = address,
            ApiNumber = (int)apiNumber,
            InputBuffer = address + InputOffset,
            InputLength = length,
            EntryInstructionPointer = entry,
            OuterStackPointer = outer,
            LinkRegister = stack.TryReadUInt64(address + LinkRegisterOffset, out ulong caller) ? AddressSpace.WithoutSignature(caller) : 0,
            ReturnAddress = returnAddress,
            Confidence = returnAddress != 0 ? Confidence.Medium : Confidence.Low,
            ConfidenceReason = returnAddress != 0
                ? "its form is that of ksarm64.h, and its routine returns to KiUserCallbackDispatcher"
                : "its form is that of ksarm64.h, which no word of it confirms",
        });
    }
}
