using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// On x86 the exception records of all callbacks of a thread are links of one chain, so that the record of each leads to those further out.
/// A frame which the chain passes by is stale.
/// </summary>
internal sealed class ExceptionChain(ProcessLandmarks landmarks)
{
    /// <summary>
    /// Holds the frames against the innermost of those that surely run: what its chain passes by is dropped, and so are frames further in
    /// whose chain passes it by.
    /// </summary>
    public ImmutableArray<CallbackFrame> Confirm(in StackBytes stack, ImmutableArray<CallbackFrame> frames, List<RejectedFrame> rejected)
    {
        if (frames.Length < 2 || !frames.All(HasRecord))
            return frames;

        CallbackFrame surest = frames.MaxBy(frame => frame.Liveness)!;
        var confirmed = ImmutableArray.CreateBuilder<CallbackFrame>(frames.Length);
        foreach (CallbackFrame frame in frames)
        {
            (CallbackFrame inner, CallbackFrame outer) = frame.Address < surest.Address ? (frame, surest) : (surest, frame);
            if (PassesBy(stack, RecordOf(inner), RecordOf(outer)))
                rejected.Add(new RejectedFrame(frame.Address, "the chain of exception records passes it by"));
            else
                confirmed.Add(frame);
        }

        return confirmed.DrainToImmutable();
    }

    private static bool HasRecord(CallbackFrame frame) => frame.Layout is CallbackLayout.X86Vista or CallbackLayout.X86Windows10;

    private static ulong RecordOf(CallbackFrame frame) => frame.Address + X86ExceptionRecord.Offset;

    /// <summary>Whether the chain from a record misses another one further out. A chain that breaks off before proves nothing.</summary>
    private bool PassesBy(in StackBytes stack, ulong record, ulong wanted)
    {
        while (record < wanted)
        {
            if (!stack.TryReadUInt32(record, out uint previous))
                return false;
            if (previous == X86ExceptionRecord.EndOfChain)
                return true;
            if (previous <= record || !IsRecord(stack, previous))
                return false;
            record = previous;
        }

        return record != wanted;
    }

    /// <summary>Whether an address on the stack is that of a record, whose handler is code of a module.</summary>
    private bool IsRecord(in StackBytes stack, uint record)
    {
        if (record % sizeof(uint) != 0 || !stack.Contains(record))
            return false;
        return !landmarks.KnowsModules || (stack.TryReadUInt32(record + X86ExceptionRecord.HandlerOffset, out uint handler) && landmarks.IsInModule(handler));
    }
}
