using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace KCallbacks.Detection.Frames;

/// <summary>
/// The readings of frames at addresses that were met before: thousands of threads stand in the same few hundred places. Safe to use
/// from several threads.
/// </summary>
internal sealed class FrameReadings
{
    /// <summary>Places remembered; code that is made at run time may have any number of them.</summary>
    private const int Most = 1 << 14;

    private readonly ConcurrentDictionary<StackFrame, FrameReading> _known = new(new SamePlace());
    private int _count;

    /// <summary>Reads a frame. One without an address, as printed stacks have, costs more to find again than to read.</summary>
    public FrameReading Of(in StackFrame frame)
    {
        if (frame.InstructionPointer == 0)
            return FrameReading.Of(frame);
        if (_known.TryGetValue(frame, out FrameReading known))
            return known;
        FrameReading reading = FrameReading.Of(frame);
        if (Interlocked.Increment(ref _count) <= Most)
            _known[frame] = reading;
        return reading;
    }

    /// <summary>Frames alike in everything that is read of them; where on the stack they lie is not.</summary>
    private sealed class SamePlace : IEqualityComparer<StackFrame>
    {
        public bool Equals(StackFrame x, StackFrame y) =>
            x.InstructionPointer == y.InstructionPointer
            && x.Displacement == y.Displacement
            && x.Side == y.Side
            && x.Function == y.Function
            && x.Module == y.Module;

        public int GetHashCode([DisallowNull] StackFrame obj) => obj.InstructionPointer.GetHashCode();
    }
}
