using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Walks the implicit thread with the engine, from its kernel stack across the border into its user stack.</summary>
internal sealed class KernelStackWalker(DebugEngine engine)
{
    private const int MostFrames = 1 << 14;

    private readonly FrameBuffer _buffer = new(MostFrames);

    /// <summary>Walks and names the frames.</summary>
    /// <param name="process">The thread's process.</param>
    public WalkResult Walk(IProcessView process)
    {
        ReadOnlySpan<EngineStackFrame> frames = _buffer.Fill(engine.Control.TryGetStackTrace, out bool isCut);
        return EngineFrames.Read(frames, isCut, process, SideOf);
    }

    private static FrameSide SideOf(ulong instruction) => instruction >= AddressSpace.KernelStart ? FrameSide.Kernel : FrameSide.User;
}
