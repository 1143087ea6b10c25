using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Reports;

namespace KCallbacks.Extension.DataModel;

/// <summary>
/// What the user sees of a thread. Text that is not known is empty: a grid takes its columns from its first row and would leave
/// out those that have no value there.
/// </summary>
internal static class ThreadProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    /// <param name="debugger">The data model.</param>
    /// <param name="callbacks">Makes the object of a thread's callbacks.</param>
    public static ImmutableArray<ModelProperty<JudgedThread>> Of(DebuggerModel debugger, Func<IReadOnlyList<JudgedCallback>, ModelObject> callbacks) =>
    [
        new("Thread", "The thread itself: .SwitchTo() makes it current, .Stack.Frames walks it.",
            thread => debugger.Evaluate($"@$cursession.Processes[0x{thread.ProcessId:x}].Threads[0x{thread.Finding.Thread.SystemId:x}]")),
        new("Id", "The operating system's thread id, which is also the index in KernelCallbacks.",
            thread => thread.Finding.Thread.SystemId),
        new("Verdict", "in-callback, at-return (innermost frame is ZwCallbackReturn), none, or unknown.",
            thread => DisplayText.Of(thread.Finding.Verdict)),
        new("Depth", "Callbacks nested on the thread.",
            thread => thread.Finding.Depth) { Radix = 10 },
        new("Routine", "The user32 routine that the innermost callback runs.",
            thread => thread.Innermost?.Routine ?? ""),
        new("Entry", "The system call through which the innermost callback was entered.",
            thread => thread.Innermost?.Entry ?? ""),
        new("Message", "The window message that the innermost callback delivers; what a hook, event or enumeration procedure is called for.",
            thread => thread.Innermost is { } callback ? DisplayText.OfDelivered(callback) : ""),
        new("BlockedIn", "The innermost function that says what the thread does now.",
            thread => thread.Finding.BlockedIn ?? ""),
        new("Confidence", "How much the evidence carries: high, medium or low.",
            thread => DisplayText.Of(thread.Finding.Confidence)),
        new("Callbacks", "The callbacks, innermost first.",
            thread => callbacks(thread.Callbacks)),
        new("Reason", "Why the verdict and its confidence are what they are.",
            thread => thread.Finding.Reason),
    ];
}
