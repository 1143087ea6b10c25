using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a callback. Text that is not known is empty, a number that is not known has no value.</summary>
internal static class CallbackProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    /// <param name="frames">Makes the object of a callback's frames.</param>
    public static ImmutableArray<ModelProperty<JudgedCallback>> Of(Func<IReadOnlyList<StackFrame>, ModelObject> frames) =>
    [
        new("Routine", "The user32 routine that the dispatcher called.",
            callback => callback.Found.Routine ?? ""),
        new("ApiNumber", "Its index in PEB.KernelCallbackTable.",
            callback => callback.Found.ApiNumber) { Radix = 10 },
        new("Entry", "The system call through which the callback was entered.",
            callback => callback.Found.Entry ?? ""),
        new("Message", "The window message that it delivers; what a hook, event or enumeration procedure is called for.",
            callback => DisplayText.OfDelivered(callback.Found)),
        new("WParam", "The message's first parameter.",
            callback => callback.Found.Message?.WParam),
        new("LParam", "The message's second parameter.",
            callback => callback.Found.Message?.LParam),
        new("WindowProcedure", "The window procedure that gets the message.",
            callback => callback.Found.Message is { } message ? message.WindowProcedureName ?? AddressOf(message.WindowProcedure) : ""),
        new("Handler", "The code that the routine runs for the application: window, hook or event procedure.",
            callback => callback.Found.Handler ?? ""),
        new("Address", "Address of the callback frame on the user stack.",
            callback => callback.Found.Address),
        new("Evidence", "What proves the callback: frames, memory, both or kernel.",
            callback => DisplayText.Of(callback.Found.Evidence)),
        new("Confidence", "How much the evidence carries: high, medium or low.",
            callback => DisplayText.Of(callback.Found.Confidence)),
        new("Frames", "The frames that run in this callback and in none within it, innermost first.",
            callback => frames(callback.Frames)),
    ];

    private static string AddressOf(ulong address) => address == 0 ? "" : DisplayText.OfAddress(address);
}
