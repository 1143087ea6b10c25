using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// Stacks of managed frames alone, as SOS, dotnet-dump and dotnet-stack print them. They leave out Windows, so they show no callback; joined
/// with the stack that a debugger prints of the same thread they say which methods its nameless frames are.
/// </summary>
internal static class ManagedPrint
{
    private static readonly string[] Libraries = ["System.", "Microsoft.", "MS.", "Windows.Win32.", "Interop"];

    /// <summary>What the frames say as those of a runtime; null where a frame is none of it.</summary>
    /// <param name="frames">All frames of a thread, innermost first.</param>
    public static ManagedStack? Of(ImmutableArray<StackFrame> frames)
    {
        var managed = ImmutableArray.CreateBuilder<ManagedFrame>(frames.Length);
        bool isOfRuntime = false;
        foreach (StackFrame frame in frames)
        {
            if (FrameReading.Of(frame) is { IsKernel: true } or { IsSurelyUser: true } || Read(frame) is not { } read)
                return null;
            isOfRuntime |= read.Kind != ManagedFrameKind.Method || Array.Exists(Libraries, library => read.Name.StartsWith(library, StringComparison.Ordinal));
            managed.Add(read);
        }

        // Names with dots are also those of other languages. Nothing shows whether the print goes down to the thread's start.
        return isOfRuntime ? new ManagedStack(managed.DrainToImmutable(), IsComplete: false) : null;
    }

    /// <summary>Whether all that is known of a thread are its managed frames.</summary>
    public static bool Is(ThreadStack stack) => stack.Managed is { } managed && managed.Frames.Length == stack.Frames.Length;

    /// <summary>The thread of two prints of it, one of managed frames alone; null when they are of different moments.</summary>
    /// <param name="native">The other print.</param>
    /// <param name="managed">The print of managed frames.</param>
    public static ThreadStack? Join(ThreadStack native, ThreadStack managed)
    {
        if (native.Managed is not null)
            return native;
        if (!MayBeOfOneMoment(native.Frames, managed.Managed!.Frames))
            return null;
        Dictionary<ulong, ManagedFrame> places = managed.Managed.Frames
            .Where(frame => frame.StackPointer != 0 && frame.Kind != ManagedFrameKind.Transition)
            .DistinctBy(frame => frame.StackPointer)
            .ToDictionary(frame => frame.StackPointer);
        return native with
        {
            Frames = [.. native.Frames.Select(frame => frame.Function is null && places.TryGetValue(frame.StackPointer, out ManagedFrame? method) ? frame with { Module = null, Function = method.Name, Displacement = null } : frame)],
            Managed = managed.Managed,
        };
    }

    /// <summary>Managed frames lie on the stack that the other print shows; where either has no addresses, ids must do.</summary>
    private static bool MayBeOfOneMoment(ImmutableArray<StackFrame> native, ImmutableArray<ManagedFrame> managed)
    {
        ulong[] shown = [.. native.Where(frame => frame.StackPointer != 0 && frame.Side != FrameSide.Kernel).Select(frame => frame.StackPointer)];
        ulong[] placed = [.. managed.Where(frame => frame.StackPointer != 0).Select(frame => frame.StackPointer)];
        return shown.Length == 0 || placed.Length == 0 || Array.Exists(placed, place => place >= shown[0] && place <= shown[^1]);
    }

    private static ManagedFrame? Read(in StackFrame frame)
    {
        if (frame.Function is not { } name)
            return null;
        if (name.StartsWith('['))
            return new(frame.StackPointer, 0, "", ManagedFrameKind.Transition);
        string plain = ManagedName.WithoutParameters(name);
        bool isMethod = plain.Contains('.', StringComparison.Ordinal) && !plain.Contains("::", StringComparison.Ordinal) && !plain.Contains(' ', StringComparison.Ordinal);
        return isMethod ? new(frame.StackPointer, frame.InstructionPointer, plain, ManagedName.KindOf(plain)) : null;
    }
}
