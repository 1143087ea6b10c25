using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Routines;
using KCallbacks.Reports.Phrases;
using static KCallbacks.Reports.Facts.FactKind;

namespace KCallbacks.Reports.Facts;

/// <summary>All that is said of a callback. A new fact is a row here.</summary>
public static class CallbackFacts
{
    /// <summary>The facts in the order of JSON and <c>dx</c>.</summary>
    public static ImmutableArray<Fact<Callback>> All { get; } =
    [
        new("routine", "Routine", Name, "The user32 routine that the dispatcher called.",
            callback => callback.Routine),
        new("apiNumber", "ApiNumber", Number, "Its index in PEB.KernelCallbackTable.",
            callback => callback.ApiNumber),
        new("entry", "Entry", Name, "The system call through which the callback was entered.",
            callback => callback.Entry),
        new("message.number", "MessageNumber", Id, "Number of the window message that it delivers.",
            callback => callback.Message?.Number),
        new("message.name", "MessageName", Words, "Name of the message; empty when its number has no public name.",
            callback => callback.Message?.Name),
        new("message.wParam", "WParam", Address, "The message's first parameter.",
            callback => callback.Message?.WParam),
        new("message.lParam", "LParam", Address, "The message's second parameter.",
            callback => callback.Message?.LParam),
        new("message.windowProcedure", "WindowProcedure", Name, "The window procedure that gets the message; its address where it has no name.",
            callback => callback.Message is { } message ? DisplayText.OfProcedure(message) : null),
        new("message.windowProcedureAddress", "WindowProcedureAddress", Address, "Address of the window procedure.",
            callback => callback.Message?.WindowProcedure is { } address and not 0 ? address : null),
        new("message.windowProcedurePlace", "WindowProcedurePlace", Words, "The window procedure as module+0xoffset, which is the same in every run.",
            callback => callback.Message?.WindowProcedurePlace),
        new("frame", "Frame", Number, "Index of the frame that shows it.",
            callback => callback.Frame),
        new("wow64.frame", "Wow64Frame", Number, "Index of the frame of the 32-bit half that shows it.",
            callback => callback.Wow64Frame),
        new("evidence", "Evidence", Words, "What proves the callback: frames, memory, both or kernel.",
            callback => DisplayText.Of(callback.Evidence)),
        new("handler", "Handler", Name, "The code that the routine runs for the application: window, hook or event procedure.",
            callback => callback.Handler),
        new("address", "Address", Address, "Address of the callback frame on the user stack.",
            callback => callback.Address),
        new("delivery.kind", "DeliveryKind", Words, "What kind of procedure it calls instead of a window procedure: hook, win-event or monitor-enumeration.",
            callback => callback.Delivery is { } delivery ? DisplayText.Of(delivery.Kind) : null),
        new("delivery.text", "Delivery", Words, "What that procedure is called for.",
            callback => callback.Delivery?.Text),
        new("delivery.procedure", "DeliveryProcedure", Name, "That procedure; its address where it lies in no module.",
            callback => callback.Delivery is { } delivery ? DisplayText.OfProcedure(delivery) : null),
        new("delivery.procedureAddress", "DeliveryProcedureAddress", Address, "Address of that procedure.",
            callback => callback.Delivery?.Procedure is { } address and not 0 ? address : null),
        new("delivery.values", "DeliveryValues", Values, "Its arguments by the names of their documentation.",
            callback => callback.Delivery?.Values),
        new("confidence", "Confidence", Words, "How much the evidence carries: high, medium or low.",
            callback => DisplayText.Of(callback.Confidence)),
        new("level", "Level", Number, "Its number on the thread, counted from outside: 1 is the outermost.",
            callback => callback.Level),
        new("returning", "Returning", Flag, "Whether it is about to return to the kernel: its thread is at ZwCallbackReturn.",
            callback => callback.IsReturning),
        new("purpose", "Purpose", Words, "What it is for: message, hook, library-load, win-event and others.",
            callback => CallbackPhrases.WordOf(CallbackPurposes.Of(callback))),
        new("witnesses", null, Sentences, "The witnesses that evidence counts: frames, memory, kernel.",
            callback => WitnessesOf(callback.Evidence)),
        new("confidenceReason", "ConfidenceReason", Words, "Why the confidence is what it is.",
            callback => callback.ConfidenceReason),
    ];

    private static ImmutableArray<string> WitnessesOf(EvidenceSource evidence) =>
    [
        .. evidence.HasFlag(EvidenceSource.Frames) ? ["frames"] : Array.Empty<string>(),
        .. evidence.HasFlag(EvidenceSource.Memory) ? ["memory"] : Array.Empty<string>(),
        .. evidence.HasFlag(EvidenceSource.Kernel) ? ["kernel"] : Array.Empty<string>(),
    ];
}
