using System.Collections.Concurrent;
using System.Collections.Immutable;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Messages;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Routines;
using KCallbacks.Detection.SystemCalls;

namespace KCallbacks.Detection.Judging;

/// <summary>The callbacks that stack memory shows, and what it adds to callbacks that frames show.</summary>
internal sealed class MemoryWitness(IProcessView process, SystemCallReader calls)
{
    private readonly RoutineFinder _routines = new(process);
    private readonly InputReader _inputs = new(process);
    private readonly ConcurrentDictionary<ulong, string?> _entries = new();

    /// <summary>The callbacks, innermost first.</summary>
    public ImmutableArray<CallbackCandidate> Of(MemoryEvidence evidence) =>
        evidence.Frames.IsEmpty ? [] : [.. evidence.Frames.Select(Of)];

    /// <summary>
    /// Adds what the callback frame tells of the routine: its name where frames have none, and what it delivers.
    /// On x86 the frame does not tell the routine, but the message can be read when frames do.
    /// </summary>
    public Callback Complete(CallbackCandidate candidate, ThreadStack stack)
    {
        Callback callback = candidate.Callback;
        if (candidate.Frame is not { } frame)
            return callback;

        NamedRoutine? routine = _routines.Find(frame);
        (WindowMessage? message, Delivery? delivery) = _inputs.Read(new StackBytes(stack, process), frame, routine?.Name ?? callback.Routine);
        return callback with
        {
            Routine = callback.Routine ?? routine?.Name,
            Message = message,
            Delivery = delivery,
            Handler = callback.Handler ?? message?.WindowProcedureName ?? delivery?.ProcedureName,
            ConfidenceReason = callback.Routine is null && routine is { Source: RoutineSource.NameTable }
                ? $"{callback.ConfidenceReason}; the routine's name is from the table of Windows builds"
                : callback.ConfidenceReason,
        };
    }

    private CallbackCandidate Of(CallbackFrame frame)
    {
        var shown = new Callback
        {
            ApiNumber = frame.ApiNumber,
            Entry = frame.EntryInstructionPointer == 0 ? null : _entries.GetOrAdd(frame.EntryInstructionPointer, EntryAt, frame.Layout),
            Address = frame.Address,
            Evidence = EvidenceSource.Memory,
            Confidence = frame is { Confidence: Confidence.Low, Liveness: Confidence.High } ? Confidence.Medium : frame.Confidence,
            ConfidenceReason = frame.ConfidenceReason,
        };
        return new(shown, IsProof(frame), new(frame.Address, frame.Address + 1), frame);
    }

    /// <summary>The form of XP's frame alone is too weak; that of all others does not arise by chance.</summary>
    private static bool IsProof(CallbackFrame frame) =>
        frame.Layout != CallbackLayout.X86Xp || frame.Confidence > Confidence.Low || frame.Liveness > Confidence.Low;

    private string? EntryAt(ulong instructionPointer, CallbackLayout layout)
    {
        Architecture architecture = layout switch
        {
            CallbackLayout.X64 or CallbackLayout.WineX64 => Architecture.X64,
            CallbackLayout.Arm64 => Architecture.Arm64,
            _ => Architecture.X86,
        };
        return calls.At(instructionPointer, architecture)?.Name ?? PlaceName.InModule(process, instructionPointer);
    }
}
