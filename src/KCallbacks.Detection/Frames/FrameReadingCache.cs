using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Frames;

/// <summary>The readings of frames, remembered by place. Safe to use from several threads.</summary>
internal sealed class FrameReadingCache
{
    private readonly AddressCache<FrameReading> _places = new(frame => FrameReading.Of(frame));

    /// <summary>Reads a frame. One without an address, as printed stacks have, costs more to find again than to read.</summary>
    public FrameReading Of(in StackFrame frame) => frame.InstructionPointer == 0 ? FrameReading.Of(frame) : _places.Of(frame);
}
