using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>What a witness can say of the routine of a callback frame.</summary>
internal static class RoutineCheck
{
    /// <summary>Nothing is known to compare with.</summary>
    public static FieldCheck NotKnown { get; } = new(Confidence.Low, "nothing tells");

    /// <summary>The call in progress is one of the routine's.</summary>
    public static FieldCheck IsRunning { get; } = new(Confidence.Medium, "its routine still runs");

    /// <summary>The last call of the routine was that with which it returns.</summary>
    public static FieldCheck HasReturned { get; } = FieldCheck.Against("its routine has called NtCallbackReturn");

    /// <summary>
    /// Other bytes lie where the routine's call must be. Programs that replace entries of <c>PEB.KernelCallbackTable</c> run routines of
    /// their own, so that this alone is not certain.
    /// </summary>
    public static FieldCheck NoCall { get; } = FieldCheck.Doubted("no call of its routine is in progress");

    /// <summary>
    /// The stack ends above the slot of the routine's calls: the thread is in the routine itself, in the stub of its return, or, before and
    /// after the routine, in the dispatcher.
    /// </summary>
    /// <param name="landmarks">The process.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="dispatcher">The lowest stack pointer of the dispatcher.</param>
    /// <param name="isAtReturn">Whether the thread stands in the stub of NtCallbackReturn.</param>
    public static FieldCheck WithoutCall(ProcessLandmarks landmarks, in StackBytes stack, ulong dispatcher, bool isAtReturn)
    {
        if (isAtReturn || landmarks.IsInUser32(stack.InstructionPointer))
            return IsRunning;
        bool mayBeInDispatcher = stack.StackPointer >= dispatcher && landmarks.IsInNtdll(stack.InstructionPointer);
        return stack.InstructionPointer == 0 || mayBeInDispatcher ? NotKnown : NoCall;
    }
}
