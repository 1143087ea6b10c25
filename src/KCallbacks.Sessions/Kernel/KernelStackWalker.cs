using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection;

namespace KCallbacks.Sessions;

/// <summary>Walks the implicit thread with the engine, from its kernel stack across the border into its user stack.</summary>
internal sealed class KernelStackWalker(DebugEngine engine)
{
    private const int UsualFrames = 256;
    private const int MostFrames = 1 << 14;

    private EngineStackFrame[] _buffer = new EngineStackFrame[UsualFrames];

    /// <summary>Walks and names the frames.</summary>
    /// <param name="process">The thread's process.</param>
    /// <param name="walk">How far the frames go.</param>
    public ImmutableArray<StackFrame> Walk(IProcessView process, out StackWalk walk)
    {
        Span<EngineStackFrame> frames = Frames(out bool isCut);
        var named = ImmutableArray.CreateBuilder<StackFrame>(frames.Length);
        foreach (EngineStackFrame frame in frames)
            named.Add(Name(process, frame));
        walk = named.Count == 0 ? StackWalk.Failed : Extent(named[^1], isCut);
        return named.DrainToImmutable();
    }

    private Span<EngineStackFrame> Frames(out bool isCut)
    {
        while (true)
        {
            isCut = false;
            if (!engine.Control.TryGetStackTrace(_buffer, out uint filled).Succeeded)
                return [];
            isCut = filled == _buffer.Length;
            if (!isCut || _buffer.Length >= MostFrames)
                return _buffer.AsSpan(0, (int)filled);
            _buffer = new EngineStackFrame[_buffer.Length * 4];
        }
    }

    private static StackFrame Name(IProcessView process, EngineStackFrame frame)
    {
        Symbol? symbol = process.FindSymbol(frame.InstructionOffset);
        FrameSide side = frame.InstructionOffset >= KernelProcess.SystemRangeStart ? FrameSide.Kernel : FrameSide.User;
        return new StackFrame(
            symbol?.Module, symbol?.Function, symbol?.Displacement, frame.InstructionOffset, frame.StackOffset, frame.ReturnOffset, side);
    }

    /// <summary>A whole walk ends where threads start; on a stack that is cut, the last function returns nowhere, too.</summary>
    private static StackWalk Extent(in StackFrame last, bool isCut) =>
        !isCut && last is { ReturnAddress: 0, IsThreadStart: true } ? StackWalk.Complete : StackWalk.Truncated;
}
