using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// In which order a text lists the frames of a stack. Debuggers print the innermost first; profilers, call trees and people who tell
/// how a program got somewhere also print the outermost first.
/// </summary>
internal static class FrameOrder
{
    /// <summary>Whether the frames are listed from the thread's start inwards.</summary>
    /// <param name="frames">The frames as printed.</param>
    /// <param name="callsFollow">Whether the text marks each frame as called by the one above it (<c>-&gt;</c>), which counts where the frames do not tell.</param>
    public static bool IsOutermostFirst(IReadOnlyList<StackFrame> frames, bool callsFollow)
    {
        int pointers = OrderOfStackPointers(frames);
        if (pointers != 0)
            return pointers < 0;

        (int inwards, int outwards) = Vote(frames);
        if (inwards == 0 && outwards == 0)
            return callsFollow;
        return inwards > outwards && (outwards == 0 || ThreadStarts.Has(frames[0].Function));
    }

    /// <summary>1 when stack pointers grow from frame to frame, as they do outwards; -1 when they fall; 0 when they do not tell.</summary>
    private static int OrderOfStackPointers(IReadOnlyList<StackFrame> frames)
    {
        const int Fewest = 2;
        int growing = 0;
        int falling = 0;
        for (int i = 1; i < frames.Count; i++)
        {
            ulong before = frames[i - 1].StackPointer;
            ulong pointer = frames[i].StackPointer;
            if (before == 0 || pointer == 0 || before >= AddressSpace.KernelStart != pointer >= AddressSpace.KernelStart)
                continue;
            growing += pointer > before ? 1 : 0;
            falling += pointer < before ? 1 : 0;
        }

        if (growing > falling)
            return 1;
        return falling >= Fewest && growing == 0 ? -1 : 0;
    }

    /// <summary>How many neighbours can only stand so if the calls go down the list, and how many if they go up.</summary>
    private static (int Inwards, int Outwards) Vote(IReadOnlyList<StackFrame> frames)
    {
        int inwards = frames.Count > 1 && ThreadStarts.Has(frames[0].Function) ? 1 : 0;
        int outwards = frames.Count > 1 && ThreadStarts.Has(frames[^1].Function) ? 1 : 0;
        FrameReading above = FrameReading.Of(frames[0]);
        for (int i = 1; i < frames.Count; i++)
        {
            FrameReading below = FrameReading.Of(frames[i]);
            if (Enters(above, below) || IsWrapper(frames[i - 1], above, frames[i], below))
                inwards++;
            if (Enters(below, above) || (above.IsSystemCall && below.Role == FrameRole.Code))
                outwards++;
            above = below;
        }

        return (inwards, outwards);
    }

    /// <summary>Whether one frame of a callback stands directly inside another: system call, dispatcher, routine.</summary>
    private static bool Enters(FrameReading outer, FrameReading inner) => inner.Role switch
    {
        FrameRole.Dispatcher => outer.Role == FrameRole.GraphicalCall,
        FrameRole.Routine or FrameRole.RoutineIfDispatched => outer.Role == FrameRole.Dispatcher,
        _ => false,
    };

    /// <summary>
    /// Whether a function of Windows is the caller of the system call printed after it. From within a window call anything may be called
    /// back, so there the names must say so: <c>GetMessageW</c>, <c>NtUserGetMessage</c>.
    /// </summary>
    private static bool IsWrapper(in StackFrame outer, FrameReading outerReading, in StackFrame inner, FrameReading innerReading)
    {
        if (outerReading is not { Role: FrameRole.Code, Module: not (SystemModule.Other or SystemModule.Missing) })
            return false;
        return innerReading.Role switch
        {
            FrameRole.SystemCall => true,
            FrameRole.GraphicalCall => FunctionName.Of(inner.Function).Word is var service
                && service.EndsWith(FunctionName.Of(outer.Function).Word.TrimEnd("AW"), StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }
}
