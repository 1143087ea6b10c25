using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Judging;

/// <summary>Says where a thread stands: in which system call, else in which code.</summary>
internal sealed class WaitingPlace(IProcessView process, SystemCallReader calls)
{
    /// <summary>The place of a thread that was not walked; null when nothing is known of it.</summary>
    public string? Of(ThreadStack stack) => Of(stack, ReadFrames.None, process.Architecture);

    /// <summary>
    /// The place of a thread. A walk loses the stub on 32-bit Windows, where it is the caller of the code that all stubs share, and
    /// names stubs without an export by another function: the stub's own code tells more than a frame that is no stub.
    /// </summary>
    /// <param name="stack">The thread, or a half of it.</param>
    /// <param name="frames">What its frames show.</param>
    /// <param name="architecture">The processor whose code it runs.</param>
    public string? Of(ThreadStack stack, ReadFrames frames, Architecture architecture)
    {
        if (frames.Evidence.IsInSystemCall)
            return frames.BlockedIn;
        if (calls.In(stack, architecture) is { } call)
            return call.Shown;
        if (frames.BlockedIn is { } name)
            return name;
        return stack.Frames.IsEmpty || StandsInProgram(stack) ? PlaceName.At(process, stack.InstructionPointer) : null;
    }

    /// <summary>Of Windows' own code without a name nothing can be said that helps.</summary>
    private static bool StandsInProgram(ThreadStack stack) =>
        stack.Frames[0] is { InstructionPointer: not 0, Module: { } module } frame
        && frame.InstructionPointer == stack.InstructionPointer
        && ModuleName.Recognise(module) == SystemModule.Other;
}
