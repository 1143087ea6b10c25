using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Sessions;

/// <summary>What a walk of the engine found, with the names that the process gives its frames.</summary>
internal static class EngineFrames
{
    /// <summary>Names the frames.</summary>
    /// <param name="frames">What the engine gave.</param>
    /// <param name="isCut">Whether there may be more.</param>
    /// <param name="process">Knows the names.</param>
    /// <param name="sideOf">The side of the kernel border on which an instruction lies.</param>
    public static WalkResult Read(ReadOnlySpan<EngineStackFrame> frames, bool isCut, IProcessView process, Func<ulong, FrameSide> sideOf)
    {
        if (frames.IsEmpty)
            return new WalkResult([], WalkExtent.Failed, "the engine gives no frames");
        var named = ImmutableArray.CreateBuilder<StackFrame>(frames.Length);
        foreach (ref readonly EngineStackFrame frame in frames)
            named.Add(Unnamed(frame, sideOf(frame.InstructionOffset)).NamedBy(process));
        string? end = isCut ? $"the engine was asked for {frames.Length} frames" : EndOf(named[^1]);
        return new WalkResult(named.DrainToImmutable(), end is null ? WalkExtent.Complete : WalkExtent.Truncated, end);
    }

    private static StackFrame Unnamed(in EngineStackFrame frame, FrameSide side) =>
        new(null, null, null, frame.InstructionOffset, frame.StackOffset, frame.ReturnOffset, side);

    /// <summary>A whole walk ends where threads start; on a stack that is cut, the last function returns nowhere, too.</summary>
    private static string? EndOf(in StackFrame last) =>
        last.ReturnAddress == 0 && ThreadStarts.Has(last.Function) ? null : $"the engine finds no caller of 0x{last.InstructionPointer:x16}";
}
