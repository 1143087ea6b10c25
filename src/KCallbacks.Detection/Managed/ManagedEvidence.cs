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
            Managed = new(managed.Frames, wait, managed.Lock),
            Callbacks = Explained(finding.Callbacks, managed.Frames),
            Shapes = wait is null ? finding.Shapes : ShapesOfWait(finding.Shapes, frames, managed.Frames),
        };
        return IsCleared(finding, managed, memory)
            ? explained with { Verdict = Verdict.None, Confidence = Confidence.Medium, Reason = "the runtime's walk reaches the thread's first managed frame, and the whole stack holds no callback frame" }
            : explained;
    }

    /// <summary>A walk that is lost among code that only the runtime knows is no reason to doubt a stack without a callback frame.</summary>
    private static bool IsCleared(ThreadFinding finding, ManagedStack managed, MemoryEvidence memory) =>
        finding is { Verdict: Verdict.Unknown, Callbacks.IsEmpty: true }
        && managed.IsComplete
        && memory is { Frames.IsEmpty: true, Damage: null, IsAtReturn: false, ReturnStub: null, DepthIsMinimum: false, BytesSearched: > 0 };

    /// <summary>The callbacks with their handlers. Managed frames belong to the innermost callback that lies further out than they do.</summary>
    private static ImmutableArray<Callback> Explained(ImmutableArray<Callback> callbacks, ImmutableArray<ManagedFrame> frames)
    {
        ImmutableArray<Callback>.Builder explained = ImmutableArray.CreateBuilder<Callback>(callbacks.Length);
        ulong inner = 0;
        foreach (Callback callback in callbacks)
        {
            // Without its place, whose frames are whose cannot be told from here on.
            if (callback.Address is not { } outer)
            {
                explained.AddRange(callbacks.AsSpan()[explained.Count..]);
                break;
            }

            explained.Add(HandlerAmong(frames, inner, outer) is { } handler ? callback with { Handler = handler } : callback);
            inner = outer;
        }

        return explained.ToImmutable();
    }

    /// <summary>The outermost method that is the program's own; else the outermost of all.</summary>
    private static string? HandlerAmong(ImmutableArray<ManagedFrame> frames, ulong inner, ulong outer)
    {
        string? library = null;
        foreach (ManagedFrame frame in frames.Reverse())
        {
            if (frame.Kind != ManagedFrameKind.Method || frame.StackPointer <= inner || frame.StackPointer >= outer)
                continue;
            if (!IsOfFramework(frame.Name))
                return frame.Name;
            library ??= frame.Name;
        }

        return library;
    }

    /// <summary>The outermost of the waits with which the stack begins: each is carried out by those inside of it.</summary>
    private static string? WaitOf(ImmutableArray<ManagedFrame> frames)
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

    private static bool IsOfFramework(string name) => Array.Exists(Frameworks, framework => name.StartsWith(framework, StringComparison.Ordinal));
}
