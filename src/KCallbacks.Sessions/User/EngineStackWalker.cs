using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.User;

/// <summary>Walks a user stack with the engine, from a thread's registers, and names its frames.</summary>
/// <remarks>
/// The engine's walk ends early at code without unwind data, and always at the dispatcher of Wine. Where stack memory proves a
/// callback frame beyond the end, the walk goes on at the system call that the callback interrupted.
/// </remarks>
internal sealed unsafe class EngineStackWalker(DebugEngine engine, IProcessView process)
{
    private const int MostFrames = 1 << 16;

    private readonly FrameBuffer _buffer = new(MostFrames);

    /// <summary>Walks.</summary>
    /// <param name="stack">What was read of the thread.</param>
    /// <param name="memory">What its memory shows.</param>
    /// <param name="context">Its registers.</param>
    public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, RegisterContext context)
    {
        // Without its stack the engine knows no frame but the registers' own.
        if (stack.Memory is null)
            return stack with { Walk = WalkExtent.Failed };
        var frames = new List<EngineStackFrame>();
        Append(frames, context, out bool isCut);
        if (frames.Count == 0)
            return stack with { Walk = WalkExtent.Failed, Problem = stack.Problem ?? "the engine gives no frames" };

        foreach (CallbackFrame callback in memory.Frames)
        {
            if (!isCut && !IsPassed(callback, frames))
                GoOn(frames, callback, context, out isCut);
        }

        return EngineFrames.Read(CollectionsMarshal.AsSpan(frames), isCut, process, static _ => FrameSide.User).On(stack);
    }

    /// <summary>Adds the frames from a context on.</summary>
    private void Append(List<EngineStackFrame> frames, RegisterContext start, out bool isCut) => frames.AddRange(_buffer.Fill(
        (Span<EngineStackFrame> buffer, out uint filled) => engine.Control.TryGetContextStackTrace(start.Bytes, buffer, null, start.Size, out filled),
        out isCut));

    /// <summary>Whether the walk went through a callback frame to known code further out.</summary>
    private bool IsPassed(CallbackFrame callback, List<EngineStackFrame> frames) =>
        frames.Exists(frame => frame.StackOffset > callback.Address && process.FindSymbol(frame.InstructionOffset) is not null);

    /// <summary>Walks on from the system call that a callback interrupted.</summary>
    private void GoOn(List<EngineStackFrame> frames, CallbackFrame callback, RegisterContext context, out bool isCut)
    {
        isCut = false;
        if (callback.OuterStackPointer == 0)
            return;
        using RegisterContext outer = LastContext(context, frames.Count(frame => frame.StackOffset <= callback.Address));
        outer.InstructionPointer = callback.EntryInstructionPointer;
        outer.StackPointer = callback.OuterStackPointer;
        if (callback.EntryInstructionPointer == 0 && !TryReturn(outer))
            return;

        // Words of the callback frame that the walk took for return addresses.
        frames.RemoveAll(frame => frame.StackOffset > callback.Address);
        Append(frames, outer, out isCut);
    }

    /// <summary>Leaves a function whose return address is on top of the stack.</summary>
    private bool TryReturn(RegisterContext context)
    {
        if (process.ReadNumber(context.StackPointer, context.Machine.PointerSize) is not { } returnAddress)
            return false;
        context.InstructionPointer = returnAddress;
        context.StackPointer += (uint)context.Machine.PointerSize;
        return true;
    }

    /// <summary>The registers of the last frame of a walk, of which the preserved ones still hold further out.</summary>
    private RegisterContext LastContext(RegisterContext start, int frames)
    {
        var last = new RegisterContext(start.Machine);
        last.CopyFrom(start.Bytes);
        if (frames == 0)
            return last;
        byte* contexts = (byte*)NativeMemory.AlignedAlloc((nuint)frames * start.Size, RegisterContext.Alignment);
        try
        {
            if (engine.Control.TryGetContextStackTrace(start.Bytes, new EngineStackFrame[frames], contexts, start.Size, out uint filled).Succeeded && filled > 0)
                last.CopyFrom(contexts + ((filled - 1) * start.Size));
        }
        finally
        {
            NativeMemory.AlignedFree(contexts);
        }

        return last;
    }
}
