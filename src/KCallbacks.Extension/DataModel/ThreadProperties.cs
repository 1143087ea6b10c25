using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a thread: the facts, those of its innermost callback that a grid is filtered by, and objects.</summary>
internal static class ThreadProperties
{
    /// <summary>What a grid begins with; then callback, wait and owner, in the order of the columns that the command prints.</summary>
    private static readonly string[] First = ["Id", "Verdict", "Depth"];

    /// <summary>The properties in the order they are shown.</summary>
    /// <param name="debugger">The data model.</param>
    /// <param name="lists">Make the objects of what a thread has several of.</param>
    public static ImmutableArray<ModelProperty<JudgedThread>> Of(DebuggerModel debugger, ThreadLists lists) =>
    [
        .. OfThread(ThreadFacts.All.Where(fact => First.Contains(fact.Property)).OrderBy(fact => Array.IndexOf(First, fact.Property))),
        new("Message", "The window message that the innermost callback delivers; what a hook, event or enumeration procedure is called for.",
            thread => thread.Innermost is { } callback ? DisplayText.OfDelivered(callback) : ""),
        .. OfInnermost("Handler"),
        new("Waiting", "What it waits for, in a line.",
            thread => thread.Part is { } part ? OneLine.WaitOf(part) : ""),
        new("Owner", "Who must let go, by id: -> certain, ~> likely, -> ? not known.",
            HangProperties.OwnersOf),
        new("HoldsUp", "Threads that wait for it, directly or through others.",
            thread => thread.Part?.HoldsUp) { Radix = 10 },
        new("IsUiThread", "Whether it has a message queue, or a message loop on its stack; nothing where that is not known.",
            thread => thread.Part?.HasWindows),
        new("Activity", "What it does: waits, pumps, sleeps, runs, returning or unknown.",
            thread => DisplayText.Of(thread.Part?.Activity ?? ThreadActivity.Unknown)),
        .. OfInnermost("Entry"),
        .. OfInnermost("Routine"),
        new("WaitsFor", "What it waits for, and who must let go.",
            thread => lists.Waits(thread.WaitsFor)),
        new("HeldUp", "The threads that wait for it directly.",
            thread => lists.Threads(thread.HeldUp)),
        new("Callbacks", "The callbacks, innermost first.",
            thread => lists.Callbacks(thread.Callbacks)),
        new("Shapes", "Known shapes of hangs that the thread's frames show.",
            thread => string.Join("; ", thread.Finding.Shapes.Select(shape => shape.Name))),
        new("Rejected", "What has the form of a callback frame and is none of a callback that runs, each with the witness against it.",
            thread => string.Join("; ", thread.Finding.Rejected.Select(frame => $"{DisplayText.OfAddress(frame.Address)}: {frame.Reason}"))),
        new("ManagedFrames", "The managed frames of a .NET program, innermost first.",
            thread => string.Join("; ", thread.Finding.Managed?.Frames.Where(frame => frame.Kind != ManagedFrameKind.Transition).Select(frame => frame.Name) ?? [])),
        new("SystemId", "The same as Id, by the name that JSON has for it.",
            thread => thread.Finding.Thread.SystemId),
        .. OfThread(ThreadFacts.All.Where(fact => !First.Contains(fact.Property))),
        new("Thread", "The thread itself: .SwitchTo() makes it current, .Stack.Frames walks it.",
            thread => debugger.Evaluate(ExpressionOf(thread))),
    ];

    private static IEnumerable<ModelProperty<JudgedThread>> OfThread(IEnumerable<Fact<ThreadFinding>> facts) =>
        FactProperty.Of<JudgedThread, ThreadFinding>(facts, thread => thread.Finding);

    private static IEnumerable<ModelProperty<JudgedThread>> OfInnermost(string property) =>
        FactProperty.Of<JudgedThread, Callback>(CallbackFacts.All.Where(fact => fact.Property == property), thread => thread.Innermost);

    /// <summary>Where a kernel session does not tell ids, the only thread shown is the current one.</summary>
    private static string ExpressionOf(JudgedThread thread) => thread is { ProcessId: { } process, Finding.Thread.SystemId: { } id }
        ? $"@$cursession.Processes[0x{process:x}].Threads[0x{id:x}]"
        : "@$curthread";
}
