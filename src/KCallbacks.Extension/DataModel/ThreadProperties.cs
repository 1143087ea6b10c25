using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a thread: the facts, those of its innermost callback that a grid is filtered by, and objects.</summary>
internal static class ThreadProperties
{
    /// <summary>What a grid should show on its first screen.</summary>
    private static readonly string[] First = ["Id", "Verdict", "Depth"];

    /// <summary>The properties in the order they are shown.</summary>
    /// <param name="debugger">The data model.</param>
    /// <param name="callbacks">Makes the object of a thread's callbacks.</param>
    public static ImmutableArray<ModelProperty<JudgedThread>> Of(DebuggerModel debugger, Func<IReadOnlyList<JudgedCallback>, ModelObject> callbacks) =>
    [
        new("Thread", "The thread itself: .SwitchTo() makes it current, .Stack.Frames walks it.",
            thread => debugger.Evaluate(ExpressionOf(thread))),
        .. OfThread(ThreadFacts.All.Where(fact => First.Contains(fact.Property)).OrderBy(fact => Array.IndexOf(First, fact.Property))),
        .. FactProperty.Of<JudgedThread, Callback>(CallbackFacts.All.Where(fact => fact.Property is "Routine" or "Entry" or "Handler"), thread => thread.Innermost),
        new("Message", "The window message that the innermost callback delivers; what a hook, event or enumeration procedure is called for.",
            thread => thread.Innermost is { } callback ? DisplayText.OfDelivered(callback) : ""),
        new("Callbacks", "The callbacks, innermost first.",
            thread => callbacks(thread.Callbacks)),
        new("Shapes", "Known shapes of hangs that the thread's frames show.",
            thread => string.Join("; ", thread.Finding.Shapes.Select(shape => shape.Name))),
        new("ManagedFrames", "The managed frames of a .NET program, innermost first.",
            thread => string.Join("; ", thread.Finding.Managed?.Frames.Where(frame => frame.Kind != ManagedFrameKind.Transition).Select(frame => frame.Name) ?? [])),
        .. OfThread(ThreadFacts.All.Where(fact => !First.Contains(fact.Property))),
    ];

    private static IEnumerable<ModelProperty<JudgedThread>> OfThread(IEnumerable<Fact<ThreadFinding>> facts) =>
        FactProperty.Of<JudgedThread, ThreadFinding>(facts, thread => thread.Finding);

    /// <summary>Where a kernel session does not tell ids, the only thread shown is the current one.</summary>
    private static string ExpressionOf(JudgedThread thread) => thread is { ProcessId: { } process, Finding.Thread.SystemId: { } id }
        ? $"@$cursession.Processes[0x{process:x}].Threads[0x{id:x}]"
        : "@$curthread";
}
