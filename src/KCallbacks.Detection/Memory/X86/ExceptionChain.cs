using System.Collections.Immutable;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// On x86 the exception records of all callbacks of a thread are links of one chain, so the record of the innermost leads to those further out.
/// A frame whose record the chain passes by is stale.
/// </summary>
internal static class ExceptionChain
{
    /// <summary>Drops the frames that the chain from the innermost one passes by. A chain that breaks off proves nothing behind the break.</summary>
    public static ImmutableArray<CallbackFrame> Confirm(in StackBytes stack, ImmutableArray<CallbackFrame> frames, List<RejectedFrame> rejected)
    {
        if (frames.Length < 2 || !frames.All(HasRecord))
            return frames;

        var confirmed = new List<CallbackFrame>(frames.Length);
        ulong record = RecordOf(frames[0]);
        for (int i = 0; i < frames.Length; i++)
        {
            ulong wanted = RecordOf(frames[i]);
            while (record < wanted)
            {
                if (!TryFollow(stack, record, out record))
                    return [.. confirmed, .. frames[i..]];
            }

            if (record == wanted)
                confirmed.Add(frames[i]);
            else
                rejected.Add(new RejectedFrame(frames[i].Address, "the chain of exception records passes it by"));
        }

        return [.. confirmed];
    }

    private static bool HasRecord(CallbackFrame frame) => frame.Layout is CallbackLayout.X86Vista or CallbackLayout.X86Windows10;

    private static ulong RecordOf(CallbackFrame frame) => frame.Address + X86ExceptionRecord.Offset;

    /// <summary>False where the chain cannot be read or does not lead outwards.</summary>
    private static bool TryFollow(in StackBytes stack, ulong record, out ulong next)
    {
        bool isRead = stack.TryReadUInt32(record, out uint previous);
        next = previous == X86ExceptionRecord.EndOfChain ? ulong.MaxValue : previous;
        return isRead && next > record;
    }
}
