using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>
/// The strongest witness on x64: the slot below the frame, F-8, holds a return address into the dispatcher as long as the callback runs.
/// Stale frames fail here, because later calls overwrite the slot.
/// </summary>
internal sealed class X64DispatcherReturn(ProcessLandmarks landmarks, IProcessView process)
{
    /// <summary>No build's dispatcher is longer than 0x3b bytes.</summary>
    private const ulong DispatcherSize = 0x40;

    /// <summary><c>xor ecx,ecx; xor edx,edx; mov r8d,eax; call</c>: what follows the call to the routine in every build.</summary>
    private static ReadOnlySpan<byte> CodeBehindTheCall => [0x33, 0xC9, 0x33, 0xD2, 0x44, 0x8B, 0xC0, 0xE8];

    /// <summary>Holds F-8 against everything that is known of the dispatcher.</summary>
    public FieldCheck Judge(in StackBytes stack, ulong frame, out ulong returnAddress)
    {
        returnAddress = 0;
        if (frame == stack.StackPointer && IsInDispatcher(stack.InstructionPointer))
            return new FieldCheck(Confidence.High, "the dispatcher itself runs");
        if (frame - sizeof(ulong) < stack.StackPointer)
            return FieldCheck.Against("it lies below the stack pointer");
        if (!stack.TryReadUInt64(frame - sizeof(ulong), out returnAddress))
            return new FieldCheck(Confidence.Low, "the return address is not readable");

        return landmarks.Dispatchers.IsEmpty ? JudgeWithoutDispatcher(returnAddress) : JudgeAgainstDispatchers(returnAddress);
    }

    private FieldCheck JudgeAgainstDispatchers(ulong returnAddress)
    {
        foreach (ulong dispatcher in landmarks.Dispatchers)
        {
            ulong displacement = returnAddress - dispatcher;
            if (IsReturnOfKnownCall(displacement))
                return new FieldCheck(Confidence.High, $"returns to KiUserCallbackDispatcher+0x{displacement:x}");
            if (displacement is > 0 and < DispatcherSize)
                return new FieldCheck(Confidence.Medium, $"returns to KiUserCallbackDispatcher+0x{displacement:x}, where no known build calls");
        }

        return FieldCheck.Against($"returns to 0x{returnAddress:x}, which is not in KiUserCallbackDispatcher");
    }

    private FieldCheck JudgeWithoutDispatcher(ulong returnAddress)
    {
        if (process.FindSymbol(returnAddress) is { IsExport: false, Function: { } function })
        {
            return DispatcherName.Fit(FunctionName.Of(function), null) != DispatcherFit.No
                ? new FieldCheck(Confidence.High, $"returns to {function}")
                : FieldCheck.Against($"returns to {function}, which is not the dispatcher");
        }

        Span<byte> code = stackalloc byte[CodeBehindTheCall.Length];
        if (process.TryRead(returnAddress, code) && code.SequenceEqual(CodeBehindTheCall))
            return new FieldCheck(Confidence.High, "returns to the dispatcher's code");
        if (!landmarks.KnowsModules)
            return new FieldCheck(Confidence.Low, "no module list tells where it returns to");
        if (landmarks.IsKnownX64Return(returnAddress))
            return new FieldCheck(Confidence.High, "returns to where the dispatcher of a known ntdll calls the routine");
        return landmarks.IsInNtdll(returnAddress)
            ? new FieldCheck(Confidence.Medium, "returns into ntdll, where the dispatcher's address is not known")
            : FieldCheck.Against($"returns to 0x{returnAddress:x}, which is not in ntdll");
    }

    private bool IsInDispatcher(ulong instructionPointer)
    {
        foreach (ulong dispatcher in landmarks.Dispatchers)
        {
            if (instructionPointer - dispatcher < DispatcherSize)
                return true;
        }

        return false;
    }

    /// <summary>
    /// The dispatcher calls the routine (Windows 7 and 8.1: +0x1f, 10586 and later: +0x24), and when that returns
    /// NtCallbackReturn (12 bytes on) and RtlRaiseStatus (9 more).
    /// </summary>
    private static bool IsReturnOfKnownCall(ulong displacement) => displacement is 0x1f or 0x24 or 0x2b or 0x30 or 0x34 or 0x39;
}
