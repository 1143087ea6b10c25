using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>A frame of a stack with its part in the callbacks.</summary>
/// <param name="Index">Zero-based number of the frame; null for one that only the .NET runtime told.</param>
/// <param name="Frame">The frame.</param>
/// <param name="IsOfCallback">Whether it is a callback's routine, dispatcher or entry.</param>
/// <param name="Side">Kernel or user.</param>
/// <param name="Crossing">Where the thread crosses the kernel's border between this frame and the one before; null when it does not.</param>
/// <param name="IsManaged">Whether the .NET runtime knows it.</param>
internal sealed record MarkedFrame(int? Index, StackFrame Frame, bool IsOfCallback, FrameSide Side, string? Crossing, bool IsManaged = false)
{
    /// <summary>The frames of a stack, marked by the finding.</summary>
    public static ImmutableArray<MarkedFrame> Of(ThreadStack stack, ThreadFinding finding)
    {
        var marked = new HashSet<int>();
        var crossings = new Dictionary<int, string>();
        ImmutableArray<FrameSide> sides = FrameSides.Of(stack.Frames);
        for (int i = 1; i < stack.Frames.Length; i++)
        {
            if (SideChange(sides[i - 1], sides[i]) is { } change)
                crossings[i] = change;
        }

        for (int i = 0; i < finding.Callbacks.Length; i++)
        {
            Callback callback = finding.Callbacks[i];
            if (callback.Frame is not { } shown || shown >= stack.Frames.Length)
                continue;

            int entry = IsEntry(stack.Frames[shown], callback) ? shown : shown + 1;
            marked.UnionWith([shown, entry]);
            if (entry != shown && callback.Routine is not null)
                marked.Add(shown - 1);
            crossings[entry] = FormattableString.Invariant($"callback {finding.Depth - i}: the kernel called {WhatOf(callback)}, in");
        }

        return WithManaged([.. stack.Frames.Select((frame, i) => new MarkedFrame(i, frame, marked.Contains(i), sides[i], crossings.GetValueOrDefault(i)))], finding);
    }

    /// <summary>The frames with those that only the runtime knows between them, by their stack pointers.</summary>
    private static ImmutableArray<MarkedFrame> WithManaged(ImmutableArray<MarkedFrame> walked, ThreadFinding finding)
    {
        if (finding.Managed is not { } managed)
            return walked;
        ManagedFrame[] code = [.. managed.Frames.Where(frame => frame is { Kind: not ManagedFrameKind.Transition, StackPointer: not 0 })];
        HashSet<ulong> known = [.. code.Select(frame => frame.StackPointer)];
        var merged = ImmutableArray.CreateBuilder<MarkedFrame>(walked.Length);
        int next = 0;
        foreach (MarkedFrame frame in walked)
        {
            bool isManaged = known.Contains(frame.Frame.StackPointer);
            for (; next < code.Length && code[next].StackPointer <= frame.Frame.StackPointer; next++)
                AddIfMissing(code[next], isManaged ? frame.Frame.StackPointer : 0);
            merged.Add(frame with { IsManaged = isManaged });
        }

        for (; next < code.Length; next++)
            AddIfMissing(code[next], 0);
        return merged.ToImmutable();

        void AddIfMissing(ManagedFrame frame, ulong present)
        {
            if (frame.StackPointer != present)
                merged.Add(new MarkedFrame(null, new StackFrame(null, frame.Name, null, frame.InstructionPointer, frame.StackPointer), IsOfCallback: false, FrameSide.User, Crossing: null, IsManaged: true));
        }
    }

    /// <summary>The message or hook, else the routine.</summary>
    private static string WhatOf(Callback callback) =>
        DisplayText.OfDelivered(callback) is { Length: > 0 } delivered ? delivered : CallbackPhrases.RoutineOf(callback);

    /// <summary>
    /// Where no frame bears the dispatcher's name, the callback is shown by the frame of the system call itself. Findings spell it
    /// <c>Nt</c>, stacks <c>Nt</c> or <c>Zw</c>.
    /// </summary>
    private static bool IsEntry(StackFrame frame, Callback callback) =>
        frame.Function is { Length: > 2 } function && callback.Entry is { } entry && entry.AsSpan().EndsWith(function.AsSpan(2), StringComparison.Ordinal);

    private static string? SideChange(FrameSide inner, FrameSide outer) => (inner, outer) switch
    {
        (FrameSide.Kernel, FrameSide.User) => "user mode",
        (FrameSide.User, FrameSide.Kernel) => "kernel mode",
        _ => null,
    };
}
