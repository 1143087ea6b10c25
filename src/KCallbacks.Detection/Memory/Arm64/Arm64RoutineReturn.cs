using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.Arm64;

/// <summary>
/// Whether the routine of an ARM64 callback frame still runs. The dispatcher's call leaves its return address in the link register, and
/// a function that calls on must save that (Microsoft's ARM64 ABI conventions, "Stack"): it lies in the routine's frame, below the
/// callback's. Code may have signed it.
/// </summary>
internal sealed class Arm64RoutineReturn(ProcessLandmarks landmarks)
{
    /// <summary>The largest routines keep 0x800 bytes of text among their locals.</summary>
    private const ulong Reach = 0xa00;

    /// <summary>The return address that the routine of a frame saved, without its signature; 0 when there is none.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="frame">The frame's address.</param>
    public ulong Find(in StackBytes stack, ulong frame)
    {
        if (landmarks.Arm64Returns.IsEmpty)
            return 0;
        ulong lowest = Math.Max(stack.Address, frame - Math.Min(frame, Reach));
        for (ulong slot = frame - sizeof(ulong); slot >= lowest && stack.TryReadUInt64(slot, out ulong word); slot -= sizeof(ulong))
        {
            // The frame of a callback further in begins here; what lies below belongs to that.
            if (word == slot + Arm64Layout.InputOffset && Arm64Layout.HasForm(stack, slot, out _, out _, out _))
                return 0;
            if (landmarks.Arm64Returns.Contains(AddressSpace.WithoutSignature(word)))
                return AddressSpace.WithoutSignature(word);
        }

        return 0;
    }

    /// <summary>What it says of a frame.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Medium: the routine saved its return. Low: nothing tells. Null, not certain: it did not, although it has a frame.</returns>
    public FieldCheck Judge(in StackBytes stack, CallbackFrame frame)
    {
        if (frame.ReturnAddress != 0)
            return RoutineCheck.IsRunning;
        bool mayBeInRegister = stack.StackPointer == frame.Address || stack.InstructionPointer == 0;
        return landmarks.Arm64Returns.IsEmpty || mayBeInRegister ? RoutineCheck.NotKnown : RoutineCheck.NoCall;
    }
}
