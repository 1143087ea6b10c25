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
internal sealed class EngineStackWalker(DebugEngine engine, IProcessView process)
{
    private readonly ContextWalker _walker = new(engine);

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
        _walker.Append(frames, context, out bool isCut);
        if (frames.Count == 0)
            return stack with { Walk = WalkExtent.Failed, Problem = stack.Problem ?? "the engine gives no frames" };

        foreach (CallbackFrame callback in memory.Frames)
        {
            if (!isCut && !IsPassed(callback, frames))
                GoOn(frames, callback, context, out isCut);
        }

        return EngineFrames.Read(CollectionsMarshal.AsSpan(frames), isCut, process, static _ => FrameSide.User).On(stack);
    }

    /// <summary>Whether the walk went through a callback frame to known code further out.</summary>
    private bool IsPassed(CallbackFrame callback, List<EngineStackFrame> frames) =>
        frames.Exists(frame => frame.StackOffset > callback.Address && process.FindSymbol(frame.InstructionOffset) is not null);

    /// <summary>Walks on from the system call that a callback interrupted.</summary>
    private void GoOn(List<EngineStackFrame> frames, CallbackFrame callback, RegisterContext context, out bool isCut)
    {
        isCut = false;
        if (callback.OuterStackPointer == 0)
            return;
        using RegisterContext outer = _walker.LastContext(context, frames.Count(frame => frame.StackOffset <= callback.Address));
        outer.InstructionPointer = callback.EntryInstructionPointer;
        outer.StackPointer = callback.OuterStackPointer;
        outer.SetLinkRegister(callback.LinkRegister);
        if (callback.EntryInstructionPointer == 0 && !TryReturn(outer))
            return;

        // Words of the callback frame that the walk took for return addresses.
        frames.RemoveAll(frame => frame.StackOffset > callback.Address);
        _walker.Append(frames, outer, out isCut);
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
}
