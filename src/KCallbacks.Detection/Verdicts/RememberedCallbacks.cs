using System.Collections.Immutable;
using KCallbacks.Detection.Memory;

namespace KCallbacks.Detection.Verdicts;

/// <summary>The callbacks that stack memory shows.</summary>
internal static class RememberedCallbacks
{
    /// <summary>The callbacks, innermost first.</summary>
    public static ImmutableArray<Sighting> Of(IProcessView process, MemoryEvidence evidence) =>
        evidence.Frames.IsEmpty ? [] : [.. evidence.Frames.Select(frame => Of(process, frame))];

    private static Sighting Of(IProcessView process, CallbackFrame frame)
    {
        var shown = new Callback
        {
            ApiNumber = frame.ApiNumber,
            Entry = Entry(process, frame),
            Address = frame.Address,
            Evidence = EvidenceSource.Memory,
            Confidence = frame.Confidence,
            ConfidenceReason = frame.ConfidenceReason,
        };
        return new(shown, IsProof: true, new(frame.Address, frame.Address + 1));
    }

    private static string? Entry(IProcessView process, CallbackFrame frame)
    {
        if (frame.EntryInstructionPointer == 0 || process.FindSymbol(frame.EntryInstructionPointer) is not { } symbol)
            return null;
        return PrintedName.OfSystemCall(new StackFrame(symbol.Module, symbol.Function, symbol.Displacement));
    }
}
