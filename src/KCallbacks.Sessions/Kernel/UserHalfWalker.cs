using KCallbacks.DbgEng;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Walking;
using KCallbacks.Sessions.User;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// Walks the user halves of a process's threads as a user session would: over the images' unwind data, which needs no user modules in
/// the debugger, with walks shared between threads; where that ends early, by the engine and on beyond a dispatcher.
/// </summary>
internal sealed class UserHalfWalker(DebugEngine engine, CpuLayout machine, KernelProcess process)
{
    private readonly ImageWalker _images = new(process, process.FunctionStarts);
    private readonly EngineStackWalker _walker = new(engine, process);

    /// <summary>Replaces the user frames of a walk across the border where another walk leads further.</summary>
    /// <param name="whole">The thread with its registers and memory, and the frames that the engine found of both halves.</param>
    /// <param name="memory">What its memory shows.</param>
    /// <param name="byDebugger">Whether the engine's frames are wanted even where unwind data is at hand.</param>
    public ThreadStack Complete(ThreadStack whole, MemoryEvidence memory, bool byDebugger)
    {
        if (whole.Memory is null)
            return whole;
        if (byDebugger && whole.Walk == WalkExtent.Complete)
            return whole;
        int border = BorderOf(whole);
        ThreadStack half = whole with { Frames = [], Walk = WalkExtent.NotWalked, WalkEnd = null };
        ThreadStack unwound = _images.Walk(half);
        if (unwound.Walk == WalkExtent.Complete)
            return Joined(whole, border, unwound);
        if (whole.Walk == WalkExtent.Complete)
            return whole;

        ThreadStack further = Further(WalkByEngine(half, memory), unwound);
        return further.Frames.Length > whole.Frames.Length - border ? Joined(whole, border, further) : whole with { WalkEnd = unwound.WalkEnd };
    }

    /// <summary>The engine's walk unless unwind data leads further; only the latter says why it ends.</summary>
    private static ThreadStack Further(ThreadStack walked, ThreadStack unwound) =>
        walked.Frames.Length >= unwound.Frames.Length && walked.Walk != WalkExtent.Complete ? walked with { WalkEnd = unwound.WalkEnd }
        : walked.Walk == WalkExtent.Complete ? walked
        : unwound;

    private ThreadStack WalkByEngine(ThreadStack half, MemoryEvidence memory)
    {
        using RegisterContext context = ContextOf(half);
        return _walker.Walk(half, memory with { Frames = [.. memory.Frames.Where(IsEnteredFromKnownModule)] }, context);
    }

    /// <summary>In a module that is not loaded into the debugger the engine takes words of the stack for frames.</summary>
    private bool IsEnteredFromKnownModule(CallbackFrame callback) =>
        engine.Symbols.TryGetModuleByOffset(callback.EntryInstructionPointer, out _).Succeeded;

    /// <summary>How many of the frames are the kernel's.</summary>
    private static int BorderOf(ThreadStack whole)
    {
        int border = 0;
        while (border < whole.Frames.Length && whole.Frames[border].Side == FrameSide.Kernel)
            border++;
        return border;
    }

    private static ThreadStack Joined(ThreadStack whole, int border, ThreadStack user) =>
        user with { Frames = [.. whole.Frames[..border], .. user.Frames] };

    private RegisterContext ContextOf(ThreadStack stack)
    {
        var context = new RegisterContext(machine) { InstructionPointer = stack.InstructionPointer, StackPointer = stack.StackPointer };
        context.SetPreservedRegisters(stack.Registers);
        return context;
    }
}
