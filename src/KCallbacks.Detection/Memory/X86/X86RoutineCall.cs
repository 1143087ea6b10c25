using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// Whether the routine of an x86 callback frame still runs: what it pushed for its calls lies right below the frame. Read from 26 live
/// frames and 4 left-over ones of Windows 8.1 to 10 19045.
/// </summary>
/// <remarks>
/// A is the frame's address. The routine keeps its caller's EBP at A-4, so that its own EBP is A-4.
/// <code>
///       a call in progress                after NtCallbackReturn
/// K     A-4, the routine's EBP, saved     return address of the service's stub, in ntdll
/// K+4   return address into user32        return address into user32
/// K+8   the arguments of the call         pointer to the result, among the routine's locals
/// K+c                                     its size
/// K+10                                    the status
/// </code>
/// </remarks>
internal sealed class X86RoutineCall(ProcessLandmarks landmarks)
{
    private const uint WordSize = sizeof(uint);

    /// <summary>The largest routines keep 0x800 bytes of text among their locals.</summary>
    private const ulong Reach = 0xa00;

    /// <summary>The result is one of the routine's first locals.</summary>
    private const ulong ResultReach = 0x60;

    /// <summary>No routine that stands in its own code has its stack pointer further down.</summary>
    private const ulong InnermostReach = 0x80;

    /// <summary>The dispatcher keeps nothing below the frame but the return address of its call.</summary>
    private const ulong DispatcherReach = 0x08;

    /// <summary>Size of the result on native x86: value, length, address.</summary>
    private const uint NativeResultSize = 0x0c;

    /// <summary>The same of a 32-bit process on 64-bit Windows.</summary>
    private const uint Wow64ResultSize = 0x18;

    /// <summary>Looks below a frame for what its routine pushed.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="isAtReturn">Whether the thread stands in the stub of NtCallbackReturn.</param>
    /// <param name="routine">The routine, without underscores; null when its input and calls do not tell.</param>
    /// <returns>High: the arguments of its call are those of the frame. Medium: a call is in progress. Low: nothing tells. Null: the callback is over.</returns>
    public FieldCheck Judge(in StackBytes stack, CallbackFrame frame, bool isAtReturn, out string? routine)
    {
        routine = null;
        if (!landmarks.KnowsUser32)
            return RoutineCheck.NotKnown;

        var input = X86Input.Of(stack, frame);
        bool isInCall = false;
        ulong lowest = Math.Max(stack.Address, frame.Address - Math.Min(frame.Address, Reach));
        for (ulong slot = frame.Address - (2 * WordSize); slot >= lowest && slot < frame.Address; slot -= WordSize)
        {
            if (HasReturned(stack, frame, slot))
                return RoutineCheck.HasReturned;
            if (!IsCall(stack, frame, slot))
                continue;
            isInCall = true;
            X86PassedOn passedOn = input.PassedOn(stack, slot + (2 * WordSize));
            if (passedOn == X86PassedOn.Nothing)
                continue;
            routine = input.Routine(passedOn);
            return new FieldCheck(Confidence.High, "its routine has passed on the frame's own arguments");
        }

        if (!isInCall)
            return JudgeWithoutCall(stack, frame, isAtReturn);
        routine = input.Routine(X86PassedOn.Nothing);
        return JudgeCall(input);
    }

    private FieldCheck JudgeWithoutCall(in StackBytes stack, CallbackFrame frame, bool isAtReturn)
    {
        bool isNear = stack.StackPointer + InnermostReach > frame.Address;
        return isNear && !MayBeInItsSystemCall(stack) ? RoutineCheck.WithoutCall(landmarks, stack, frame.Address - DispatcherReach, isAtReturn) : RoutineCheck.NotKnown;
    }

    /// <summary>Whether the thread stands in a system call that user32 makes, perhaps that of the return: one return address into the stub, one into its caller.</summary>
    private bool MayBeInItsSystemCall(in StackBytes stack) =>
        landmarks.IsInNtdll(stack.InstructionPointer)
        && ((stack.TryReadUInt32(stack.StackPointer, out uint first) && landmarks.IsInUser32(first))
            || (landmarks.IsInNtdll(first) && stack.TryReadUInt32(stack.StackPointer + WordSize, out uint second) && landmarks.IsInUser32(second)));

    /// <summary>A routine that always passes on its input and here did not is not the one that made the call.</summary>
    private static FieldCheck JudgeCall(in X86Input input) =>
        input.IsAlwaysPassedOn ? new FieldCheck(Confidence.Low, "the call below it has other arguments than the frame") : RoutineCheck.IsRunning;

    private bool IsCall(in StackBytes stack, CallbackFrame frame, ulong slot) =>
        stack.TryReadUInt32(slot, out uint saved) && saved == frame.Address - WordSize
        && stack.TryReadUInt32(slot + WordSize, out uint caller) && landmarks.IsInUser32(caller);

    /// <summary>The arguments of NtCallbackReturn; in the slot above the stack pointer they are those of a call that is being made.</summary>
    private bool HasReturned(in StackBytes stack, CallbackFrame frame, ulong slot)
    {
        if (slot <= stack.StackPointer || !stack.TryReadUInt32(slot + WordSize, out uint caller) || !landmarks.IsInUser32(caller))
            return false;
        bool isRead = stack.TryReadUInt32(slot, out uint stub)
            & stack.TryReadUInt32(slot + (2 * WordSize), out uint result)
            & stack.TryReadUInt32(slot + (3 * WordSize), out uint size)
            & stack.TryReadUInt32(slot + (4 * WordSize), out uint status);
        return isRead
            && size is NativeResultSize or Wow64ResultSize
            && result > slot && result < frame.Address && frame.Address - result <= ResultReach
            && (status == 0 || landmarks.IsInNtdll(stub));
    }
}
