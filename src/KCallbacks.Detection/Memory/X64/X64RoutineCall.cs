using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>
/// Whether the routine of a callback frame still runs: the slot in which its calls leave their return address. As long as the routine runs
/// the slot holds an address of user32 that follows one of its calls; when it was left by NtCallbackReturn it holds the one that follows
/// that call, until later functions overwrite it with something else.
/// </summary>
internal sealed class X64RoutineCall(ProcessLandmarks landmarks, IProcessView process)
{
    /// <summary>Functions of user32 begin at multiples of it from Windows 10 on, so the low digit of an address tells the call apart.</summary>
    private const uint FunctionAlignment = 16;

    /// <summary>What KiUserCallForwarder pushes below the frame, and its own return address.</summary>
    private const ulong DispatcherReach = 0x40;

    private const int FirstAlignedBuild = 10586;

    private readonly X64StubCall _call = new(process);

    /// <summary>Looks into the slot of a frame's routine.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="isAtReturn">Whether the thread stands in the stub of NtCallbackReturn.</param>
    /// <returns>Medium: a call during which the callback runs. Low: nothing tells. Null: the callback is over.</returns>
    public FieldCheck Judge(in StackBytes stack, CallbackFrame frame, bool isAtReturn)
    {
        if (!landmarks.KnowsUser32 || landmarks.IsInWow64Win(frame.EntryInstructionPointer) || frame.ApiNumber is not { } apiNumber)
            return RoutineCheck.NotKnown;
        if (RoutineCallTables.Find(process.WindowsBuild, apiNumber) is not { } calls)
            return RoutineCheck.NotKnown;

        ulong slot = frame.Address - calls.Slot;
        if (slot < stack.StackPointer)
            return RoutineCheck.WithoutCall(landmarks, stack, frame.Address - DispatcherReach, isAtReturn);
        if (!stack.TryReadUInt64(slot, out ulong address))
            return RoutineCheck.NotKnown;
        if (!landmarks.IsInUser32(address))
            return RoutineCheck.NoCall;
        return isAtReturn && slot == stack.StackPointer ? RoutineCheck.IsRunning : JudgeCall(calls, address);
    }

    private FieldCheck JudgeCall(RoutineCalls calls, ulong address)
    {
        if (landmarks.KnowsCallbackReturn && _call.FindTarget(address) is var target and not 0)
            return landmarks.IsCallbackReturn(target) ? RoutineCheck.HasReturned : RoutineCheck.IsRunning;
        if (calls.Returned.IsEmpty || process.WindowsBuild < FirstAlignedBuild)
            return RoutineCheck.NotKnown;

        bool mayRun = MayFollow(calls.Running, address);
        bool mayHaveReturned = MayFollow(calls.Returned, address);
        return (mayRun, mayHaveReturned) switch
        {
            (true, false) => RoutineCheck.IsRunning,
            (false, true) => RoutineCheck.HasReturned,
            _ => RoutineCheck.NotKnown,
        };
    }

    /// <summary>Whether an address can be that of one of the calls, as far as its low digit tells.</summary>
    private static bool MayFollow(ImmutableArray<uint> displacements, ulong address)
    {
        foreach (uint displacement in displacements)
        {
            if ((address - displacement) % FunctionAlignment == 0)
                return true;
        }

        return false;
    }
}
