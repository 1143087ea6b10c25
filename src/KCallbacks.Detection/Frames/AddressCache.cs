using System.Collections.Concurrent;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Frames;

/// <summary>
/// What was worked out of frames by their place in the code: thousands of threads stand in the same few hundred places. Safe to use
/// from several threads.
/// </summary>
/// <typeparam name="T">What is worked out.</typeparam>
/// <param name="read">Works it out, from everything but where on the stack the frame lies.</param>
internal sealed class AddressCache<T>(Func<StackFrame, T> read)
{
    /// <summary>Places remembered; code that is made at run time may have any number of them.</summary>
    private const int Most = 1 << 14;

    private readonly ConcurrentDictionary<ulong, Place> _known = new();
    private int _count;

    /// <summary>Reads a frame, whose address must be known.</summary>
    public T Of(in StackFrame frame)
    {
        if (_known.TryGetValue(frame.InstructionPointer, out Place? known) && known.IsOf(frame))
            return known.Read;
        T made = read(frame);
        if (known is null && Interlocked.Increment(ref _count) <= Most)
            _known[frame.InstructionPointer] = new Place(frame, made);
        return made;
    }

    /// <summary>A frame and what was worked out of it.</summary>
    private sealed class Place(StackFrame frame, T read)
    {
        private readonly StackFrame _frame = frame;

        public T Read { get; } = read;

        /// <summary>Whether a frame at the same address is alike in the rest.</summary>
        public bool IsOf(in StackFrame frame) =>
            _frame.Displacement == frame.Displacement
            && _frame.Side == frame.Side
            && _frame.Function == frame.Function
            && _frame.Module == frame.Module;
    }
}
