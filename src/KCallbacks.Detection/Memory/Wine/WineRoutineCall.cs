using KCallbacks.Detection.Memory.X64;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.Wine;

/// <summary>
/// Whether the routine of a frame of Wine still runs: as on Windows, what lies in the slot of its calls' return address tells. Read from
/// user32 of Wine 8.0 in Debian 12.
/// </summary>
internal sealed class WineRoutineCall(ProcessLandmarks landmarks, IProcessView process)
{
    private readonly X64StubCall _call = new(process);

    /// <summary>Looks into the slot of a frame's routine.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="isAtReturn">Whether the thread stands in the stub of NtCallbackReturn.</param>
    /// <returns>Medium: a call of the routine is in progress. Low: nothing tells. Null: the callback is over.</returns>
    public FieldCheck Judge(in StackBytes stack, CallbackFrame frame, bool isAtReturn)
    {
        if (!landmarks.KnowsUser32 || SlotOf(frame.ApiNumber) is not { } distance)
            return RoutineCheck.NotKnown;
        ulong slot = frame.Address - distance;
        if (slot < stack.StackPointer)
            return RoutineCheck.WithoutCall(landmarks, stack, frame.Address - WineX64Layout.DispatcherFrameSize, isAtReturn);
        if (!stack.TryReadUInt64(slot, out ulong address))
            return RoutineCheck.NotKnown;
        if (!landmarks.IsInUser32(address))
            return RoutineCheck.NoCall;
        bool hasReturned = landmarks.IsCallbackReturn(_call.FindTarget(address)) || IsKnownReturn(landmarks.OffsetInUser32(address));
        return hasReturned && !(isAtReturn && slot == stack.StackPointer) ? RoutineCheck.HasReturned : RoutineCheck.IsRunning;
    }

    /// <summary>
    /// How far below the frame the return address of the routine's calls lies: 160h of the dispatcher, the registers that the routine
    /// saves, its locals, and the return address itself.
    /// </summary>
    private static ulong? SlotOf(int? apiNumber) => apiNumber switch
    {
        0 or 1 or 9 or 11 or 13 or 15 or 17 => 0x190,
        2 => 0x200,
        3 or 4 => 0x2c0,
        5 or 10 or 12 or 14 or 16 => 0x1a0,
        6 => 0x1b0,
        7 => 0x1f0,
        8 or 18 => 0x1c0,
        _ => null,
    };

    /// <summary>Where the four calls of NtCallbackReturn return to, for dumps without images.</summary>
    private static bool IsKnownReturn(ulong offsetInUser32) => offsetInUser32 is 0x31c1f or 0x52d34 or 0x52ee1 or 0x5abf3;
}
