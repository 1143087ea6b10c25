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

        return landmarks.Dispatchers.IsEmpty
            ? JudgeWithoutDispatcher(returnAddress)
            : JudgeAgainstDispatchers(returnAddress, isInIt: frame - sizeof(ulong) == stack.StackPointer);
    }

    /// <param name="returnAddress">What lies at F-8.</param>
    /// <param name="isInIt">Whether the thread is still in the function that returns there.</param>
    private FieldCheck JudgeAgainstDispatchers(ulong returnAddress, bool isInIt)
    {
        foreach (ulong dispatcher in landmarks.Dispatchers)
        {
            ulong displacement = returnAddress - dispatcher;
            if (IsReturnOfCallbackReturn(displacement) && !isInIt)
                return FieldCheck.Against("the dispatcher has called NtCallbackReturn for its routine");
            if (IsReturnOfKnownCall(displacement))
                return new FieldCheck(Confidence.High, $"returns to KiUserCallbackDispatcher+0x{displacement:x}");
            if (displacement is > 0 and < Dispatcher.LongestOfX64)
                return new FieldCheck(Confidence.Medium, $"returns to KiUserCallbackDispatcher+0x{displacement:x}, where no known build calls");
        }

        return FieldCheck.Against($"returns to 0x{returnAddress:x}, which is not in KiUserCallbackDispatcher");
    }

    private FieldCheck JudgeWithoutDispatcher(ulong returnAddress)
    {
        if (process.FindSymbol(returnAddress) is { IsExport: false, Function: { } function })
        {
            return Dispatcher.Fit(FunctionName.Of(function), null) != DispatcherFit.No
                ? new FieldCheck(Confidence.High, $"returns to {function}")
                : FieldCheck.Against($"returns to {function}, which is not the dispatcher");
        }

        Span<byte> code = stackalloc byte[CodeBehindTheCall.Length];
        if (process.TryRead(returnAddress, code) && code.SequenceEqual(CodeBehindTheCall))
            return new FieldCheck(Confidence.High, "returns to the dispatcher's code");
        if (!landmarks.KnowsModules)
            return new FieldCheck(Confidence.Low, "no module list tells where it returns to");
        if (landmarks.IsKnownReturn(Architecture.X64, returnAddress))
            return new FieldCheck(Confidence.High, "returns to where the dispatcher of a known ntdll calls the routine");
        return landmarks.IsInNtdll(returnAddress)
            ? new FieldCheck(Confidence.Medium, "returns into ntdll, where the dispatcher's address is not known")
            : FieldCheck.Against($"returns to 0x{returnAddress:x}, which is not in ntdll");
    }

    private bool IsInDispatcher(ulong instructionPointer)
    {
        foreach (ulong dispatcher in landmarks.Dispatchers)
        {
            if (instructionPointer - dispatcher < Dispatcher.LongestOfX64)
                return true;
        }

        return false;
    }

    /// <summary>The dispatcher calls the routine, and when that returns, NtCallbackReturn and RtlRaiseStatus.</summary>
    private static bool IsReturnOfKnownCall(ulong displacement) =>
        IsReturnOfRoutine(displacement)
        || IsReturnOfCallbackReturn(displacement)
        || IsReturnOfRoutine(displacement - Dispatcher.X64RaiseDistance);

    private static bool IsReturnOfCallbackReturn(ulong displacement) => IsReturnOfRoutine(displacement - Dispatcher.X64CallbackReturnDistance);

    private static bool IsReturnOfRoutine(ulong displacement) =>
        displacement is Dispatcher.ReturnOfX64Windows7 or Dispatcher.ReturnOfX64Windows10;
}
