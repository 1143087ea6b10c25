using System.Collections.Immutable;
using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Managed;

/// <summary>
/// Adds to a finding what the runtime says of the thread. Managed frames explain callbacks that other witnesses show, and clear threads
/// in which they show none; they never make a callback.
/// </summary>
internal static class ManagedEvidence
{
    /// <summary>Namespaces of the libraries that take messages to a program's own code.</summary>
    private static readonly string[] Frameworks = ["System.", "Microsoft.", "MS.", "Windows.", "Interop", "Accessibility."];

    /// <summary>The finding with what the runtime says.</summary>
    /// <param name="finding">What the other witnesses say.</param>
    /// <param name="frames">The frames of the walk.</param>
    /// <param name="managed">What the runtime says.</param>
    /// <param name="memory">What the thread's memory shows.</param>
    public static ThreadFinding Apply(ThreadFinding finding, ImmutableArray<StackFrame> frames, ManagedStack managed, MemoryEvidence memory)
    {
        if (managed.Frames.IsEmpty)
            return finding;
        string? wait = WaitOf(managed.Frames);
        ThreadFinding explained = finding with
        {
            Managed = new(managed.Frames, wait, managed.Lock, managed.Joins, managed.Invocation, managed.IsUiThread),
            Callbacks = Explained(finding.Callbacks, frames, managed.Frames),
            ProgramFunction = finding.Callbacks.IsEmpty ? OwnMethodAmong(managed.Frames, 0, ulong.MaxValue) ?? finding.ProgramFunction : finding.ProgramFunction,
            Shapes = wait is null ? finding.Shapes : [.. ShapesOfWait(finding.Shapes, frames, managed.Frames), .. BlockingShapes(finding, frames, managed.Frames, wait)],
        };
        if (IsAlone(finding, frames, managed, memory))
            return explained with { Verdict = Verdict.Unknown, Confidence = Confidence.Low, Reason = "only managed frames are at hand, which leave out Windows and so show no callback" };
        return IsCleared(finding, managed, memory)
            ? explained with { Verdict = Verdict.None, Confidence = Confidence.Medium, Reason = "the runtime's walk reaches the thread's first managed frame, and the whole stack holds no callback frame" }
            : explained;
    }

    /// <summary>Whether somebody printed the managed frames of a thread and nothing else.</summary>
    private static bool IsAlone(ThreadFinding finding, ImmutableArray<StackFrame> frames, ManagedStack managed, MemoryEvidence memory) =>
        finding is { Verdict: Verdict.None, Confidence: Confidence.Low, Callbacks.IsEmpty: true } && frames.Length == managed.Frames.Length && memory.BytesSearched == 0;

    /// <summary>A walk that is lost among code that only the runtime knows is no reason to doubt a stack without a callback frame.</summary>
    private static bool IsCleared(ThreadFinding finding, ManagedStack managed, MemoryEvidence memory) =>
        finding is { Verdict: Verdict.Unknown } or { Verdict: Verdict.None, Confidence: Confidence.Low }
        && finding.Callbacks.IsEmpty
        && managed.IsComplete
        && memory is { Frames.IsEmpty: true, Damage: null, IsAtReturn: false, ReturnStub: null, DepthIsMinimum: false, BytesSearched: > 0 };

    /// <summary>The callbacks with their handlers. Managed frames belong to the innermost callback that lies further out than they do.</summary>
    private static ImmutableArray<Callback> Explained(ImmutableArray<Callback> callbacks, ImmutableArray<StackFrame> walked, ImmutableArray<ManagedFrame> frames)
    {
        ImmutableArray<Callback>.Builder explained = ImmutableArray.CreateBuilder<Callback>(callbacks.Length);
        ulong inner = 0;
        foreach (Callback callback in callbacks)
        {
            // Without its place, whose frames are whose cannot be told from here on.
            if (PlaceOf(callback, walked) is not { } outer)
            {
                explained.AddRange(callbacks.AsSpan()[explained.Count..]);
                break;
            }

            string? handler = OwnMethodAmong(frames, inner, outer) ?? OutermostAmong(frames, inner, outer);
            explained.Add(handler is null ? callback : callback with { Handler = handler });
            inner = outer;
        }

        return explained.ToImmutable();
    }

    /// <summary>Where a callback lies on the stack: its frame in memory, else its dispatcher's.</summary>
    private static ulong? PlaceOf(Callback callback, ImmutableArray<StackFrame> walked)
    {
        if (callback.Address is { } address)
            return address;
        return callback.Frame is { } frame && frame < walked.Length && walked[frame].StackPointer is var place and not 0 ? place : null;
    }

    /// <summary>The outermost method on a stretch of the stack that is the program's own; null when there is none.</summary>
    private static string? OwnMethodAmong(ImmutableArray<ManagedFrame> frames, ulong inner, ulong outer) =>
        frames.LastOrDefault(frame => IsMethodIn(frame, inner, outer) && frame.Name.Length > 0 && !IsOfFramework(frame.Name))?.Name;

    /// <summary>The outermost method on a stretch of the stack; null when there is none.</summary>
    private static string? OutermostAmong(ImmutableArray<ManagedFrame> frames, ulong inner, ulong outer) =>
        frames.LastOrDefault(frame => IsMethodIn(frame, inner, outer) && frame.Name.Length > 0)?.Name;

    private static bool IsMethodIn(ManagedFrame frame, ulong inner, ulong outer) =>
        frame.Kind == ManagedFrameKind.Method && frame.StackPointer > inner && frame.StackPointer < outer;

    /// <summary>The outermost of the waits with which the stack begins: each is carried out by those inside of it.</summary>
    public static string? WaitOf(ImmutableArray<ManagedFrame> frames)
    {
        string? wait = null;
        foreach (ManagedFrame frame in frames)
        {
            if (frame.Kind != ManagedFrameKind.Method)
                continue;
            if (ManagedWaits.NameOf(frame.Name) is { } name && IsOfFramework(frame.Name))
                wait = name;
            else if (!ManagedWaits.IsPlumbing(frame.Name))
                break;
        }

        return wait;
    }

    /// <summary>
    /// The shapes without those that a managed wait only seems to have: the waits of a single-threaded apartment take messages on the way, and
    /// no thread waits for a managed lock that it holds itself, because it may enter it again.
    /// </summary>
    private static ImmutableArray<HangShape> ShapesOfWait(ImmutableArray<HangShape> shapes, ImmutableArray<StackFrame> frames, ImmutableArray<ManagedFrame> managed)
    {
        ulong wait = managed.First(frame => frame.Kind == ManagedFrameKind.Method).StackPointer;
        return shapes.RemoveAll(shape => shape.Name == ReenteredShape.Name
            || (shape.Name == ShapeRules.PumpName && shape.Frames.All(frame => frame < frames.Length && frames[frame].StackPointer < wait)));
    }

    /// <summary>
    /// A thread with windows that waits for a task keeps everything from running that the task may have queued to it: the commonest deadlock
    /// of programs that call asynchronous methods and wait for their results.
    /// </summary>
    private static ImmutableArray<HangShape> BlockingShapes(ThreadFinding finding, ImmutableArray<StackFrame> frames, ImmutableArray<ManagedFrame> managed, string wait)
    {
        if (finding.Callbacks.IsEmpty || !ManagedWaits.IsForTask(wait))
            return [];
        ulong place = managed.First(frame => frame.Kind == ManagedFrameKind.Method && ManagedWaits.NameOf(frame.Name) == wait).StackPointer;
        int shown = frames.IndexOf(frames.FirstOrDefault(frame => frame.StackPointer == place && place != 0));
        return [new HangShape("sync-over-async", "synchronous wait for a task in a window's thread", shown < 0 ? [] : [shown])];
    }

    private static bool IsOfFramework(string name) => Array.Exists(Frameworks, framework => name.StartsWith(framework, StringComparison.Ordinal));
}
