using KCallbacks.DbgEng;

namespace KCallbacks.Sessions;

/// <summary>Takes the frames of the engine's walks; it has room for the deepest stack met so far.</summary>
/// <param name="mostFrames">Stop growing the buffer at this many frames.</param>
internal sealed class FrameBuffer(int mostFrames)
{
    private const int UsualFrames = 256;

    private EngineStackFrame[] _frames = new EngineStackFrame[UsualFrames];

    /// <summary>A walk of the engine from the innermost frame on.</summary>
    public delegate HResult EngineWalk(Span<EngineStackFrame> frames, out uint filled);

    /// <summary>Walks until no frame is missing.</summary>
    /// <param name="walk">The walk.</param>
    /// <param name="isCut">Whether there may be more frames than were asked for.</param>
    /// <returns>The frames, which hold until the next walk; none when the engine cannot walk.</returns>
    public ReadOnlySpan<EngineStackFrame> Fill(EngineWalk walk, out bool isCut)
    {
        while (true)
        {
            isCut = false;
            if (!walk(_frames, out uint filled).Succeeded)
                return [];
            isCut = filled == _frames.Length;
            if (!isCut || _frames.Length >= mostFrames)
                return _frames.AsSpan(0, (int)filled);
            _frames = new EngineStackFrame[_frames.Length * 4];
        }
    }
}
