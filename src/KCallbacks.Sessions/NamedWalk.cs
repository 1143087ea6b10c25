using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions;

/// <summary>A walk of the engine with the names that the process gives its frames.</summary>
/// <param name="Frames">The frames, innermost first.</param>
/// <param name="Extent">How far they go; failed when there are none.</param>
internal sealed record NamedWalk(ImmutableArray<StackFrame> Frames, WalkExtent Extent)
{
    /// <summary>Names the frames.</summary>
    /// <param name="frames">What the engine gave.</param>
    /// <param name="isCut">Whether there may be more.</param>
    /// <param name="process">Knows the names.</param>
    /// <param name="sideOf">The side of the kernel border on which an instruction lies.</param>
    public static NamedWalk Of(ReadOnlySpan<EngineStackFrame> frames, bool isCut, IProcessView process, Func<ulong, FrameSide> sideOf)
    {
        var named = ImmutableArray.CreateBuilder<StackFrame>(frames.Length);
        foreach (ref readonly EngineStackFrame frame in frames)
            named.Add(Unnamed(frame, sideOf(frame.InstructionOffset)).NamedBy(process));
        WalkExtent extent = frames.IsEmpty ? WalkExtent.Failed : ExtentOf(named[^1], isCut);
        return new NamedWalk(named.DrainToImmutable(), extent);
    }

    /// <summary>The thread that was walked, with these frames.</summary>
    public ThreadStack On(ThreadStack stack) => stack with { Frames = Frames, Walk = Extent };

    private static StackFrame Unnamed(in EngineStackFrame frame, FrameSide side) =>
        new(null, null, null, frame.InstructionOffset, frame.StackOffset, frame.ReturnOffset, side);

    /// <summary>A whole walk ends where threads start; on a stack that is cut, the last function returns nowhere, too.</summary>
    private static WalkExtent ExtentOf(in StackFrame last, bool isCut) =>
        !isCut && last.ReturnAddress == 0 && ThreadStarts.Has(last.Function) ? WalkExtent.Complete : WalkExtent.Truncated;
}
