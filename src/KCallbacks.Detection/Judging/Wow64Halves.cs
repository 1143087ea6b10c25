using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Judging;

/// <summary>
/// Both halves of a WoW64 thread. One callback stands in both, so their depths are never added: the 64-bit half has the full nesting
/// and the system calls, the 32-bit half the routines by the names of user32 and what the thread waits in.
/// </summary>
internal static class Wow64Halves
{
    /// <summary>Whether threads of a process may have two halves; true when the module list is not known.</summary>
    public static bool MayBeIn(IProcessView process) =>
        process.Modules.IsDefaultOrEmpty || process.Modules.Any(module => ModuleName.IsWow64(module.Name));

    /// <summary>
    /// Parts a stack in which the 32-bit half follows the 64-bit one, as process viewers print it: a 64-bit half of WoW64 ends where
    /// the loader started the thread.
    /// </summary>
    public static ThreadStack Split(ThreadStack stack)
    {
        int end = stack.Wow64Half is null ? EndOfNativeHalf(stack.Frames.AsSpan()) : stack.Frames.Length;
        return end == stack.Frames.Length
            ? stack
            : stack with
            {
                Frames = stack.Frames[..end],
                Wow64Half = new() { Thread = stack.Thread, Walk = stack.Walk, Frames = stack.Frames[end..], IsHistoric = stack.IsHistoric },
            };
    }

    private static int EndOfNativeHalf(ReadOnlySpan<StackFrame> frames)
    {
        bool isWow64 = false;
        for (int i = 0; i < frames.Length; i++)
        {
            isWow64 |= ModuleName.Recognise(frames[i].Module) == SystemModule.Wow64;
            if (isWow64 && FunctionName.Of(frames[i].Function).Is(ThreadStarts.Loader))
                return i + 1;
        }

        return frames.Length;
    }

    /// <summary>The finding on the whole thread.</summary>
    /// <param name="native">The finding on the 64-bit half.</param>
    /// <param name="emulated">The finding on the 32-bit half.</param>
    public static ThreadFinding Join(ThreadFinding native, ThreadFinding emulated)
    {
        var half = new Wow64Finding(emulated.Verdict, emulated.Depth, emulated.InstructionPointer, emulated.InstructionPlace);
        ImmutableArray<RejectedFrame> rejected = [.. native.Rejected.Concat(emulated.Rejected).OrderBy(frame => frame.Address)];
        if (native.Verdict == Verdict.Unknown)
            return emulated with { Callbacks = [.. emulated.Callbacks.Select(callback => callback with { Frame = null, Wow64Frame = callback.Frame })], Rejected = rejected, Wow64Half = half };
        if (emulated.Verdict == Verdict.Unknown)
            return native with { Rejected = rejected, Wow64Half = half };

        ThreadFinding joined = native with
        {
            Wow64Half = half,
            Rejected = rejected,
            Verdict = emulated.Verdict == Verdict.AtReturn && native.Depth > 0 ? Verdict.AtReturn : native.Verdict,
            Confidence = Together(native, emulated),
            Reason = emulated.Depth == native.Depth && emulated.Confidence > native.Confidence ? emulated.Reason : native.Reason,
            BlockedIn = emulated.BlockedIn ?? native.BlockedIn,
            HasMessageLoop = emulated.HasMessageLoop || native.HasMessageLoop,
            ProgramFunction = emulated.ProgramFunction,
            Callbacks = native.Depth == emulated.Depth ? Names(native, emulated) : native.Callbacks,
            Disagreements = native.Disagreements.AddRange(emulated.Disagreements),
        };
        return native.Depth == emulated.Depth || (emulated.DepthIsMinimum && emulated.Depth < native.Depth)
            ? joined
            : joined with { Disagreements = joined.Disagreements.Add($"the 64-bit half shows {native.Depth} callbacks, the 32-bit half {emulated.Depth}") };
    }

    /// <summary>The shapes that either half shows; where the program's code is in the 32-bit half, that half shows most.</summary>
    /// <param name="native">Those of the 64-bit half.</param>
    /// <param name="emulated">Those of the 32-bit half.</param>
    public static ImmutableArray<HangShape> Join(ImmutableArray<HangShape> native, ImmutableArray<HangShape> emulated) => emulated.IsEmpty ? native :
    [
        .. native.Select(shape => shape with { Wow64Frames = emulated.FirstOrDefault(other => other.Id == shape.Id)?.Frames ?? [] }),
        .. emulated.Where(shape => native.All(other => other.Id != shape.Id)).Select(shape => new HangShape(shape.Id, shape.Name, []) { Wow64Frames = shape.Frames }),
    ];

    /// <summary>Each half is a witness of its own: two that agree are surer than one, two that do not are in doubt.</summary>
    private static Confidence Together(ThreadFinding native, ThreadFinding emulated)
    {
        if (native.Depth != emulated.Depth)
            return emulated.DepthIsMinimum && emulated.Depth < native.Depth || native.Confidence == Confidence.Low ? native.Confidence : Confidence.Medium;
        bool isBoth = native.Confidence >= Confidence.Medium && emulated.Confidence >= Confidence.Medium;
        return isBoth ? Confidence.High : native.Confidence > emulated.Confidence ? native.Confidence : emulated.Confidence;
    }

    private static Callback Surer(Callback native, Callback emulated) => emulated.Confidence > native.Confidence ? emulated : native;

    private static ImmutableArray<Callback> Names(ThreadFinding native, ThreadFinding emulated) =>
    [
        .. native.Callbacks.Zip(emulated.Callbacks, (native64, emulated32) => native64 with
        {
            Routine = emulated32.Routine ?? native64.Routine,
            Entry = native64.Entry ?? emulated32.Entry,
            ApiNumber = native64.ApiNumber ?? emulated32.ApiNumber,
            Message = emulated32.Message ?? native64.Message,
            Delivery = emulated32.Delivery ?? native64.Delivery,
            Handler = emulated32.Handler ?? native64.Handler,
            HandlerModule = emulated32.HandlerModule ?? native64.HandlerModule,
            Wow64Frame = emulated32.Frame,
            Evidence = native64.Evidence | emulated32.Evidence,
            Confidence = Surer(native64, emulated32).Confidence,
            ConfidenceReason = Surer(native64, emulated32).ConfidenceReason,
        }),
    ];
}
