using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Whether two printed stacks are one stack of one thread, and which of them says more.</summary>
internal static class RepeatedStack
{
    private const int FewestNames = 3;

    /// <summary>Whether two threads cannot be one, because they have different ids.</summary>
    public static bool AreOthers(ThreadIdentity left, ThreadIdentity right) =>
        Differ(left.EngineId, right.EngineId)
        || Differ(left.SystemId, right.SystemId)
        || Differ(KernelAddress(left), KernelAddress(right))
        || (HasOwnNameOnly(left) && HasOwnNameOnly(right) && left.Printed != right.Printed);

    /// <summary>Address of the thread's kernel structure, where that is the id that the text prints.</summary>
    public static ulong? KernelAddress(ThreadIdentity thread)
    {
        const int FewestDigits = 8;
        return thread.Printed is { Length: >= FewestDigits } printed
            && ulong.TryParse(printed.Replace("`", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address)
            ? address
            : null;
    }

    /// <summary>The thread of two prints of it; null when it stood elsewhere in the second, so that both count.</summary>
    public static ThreadStack? TryMerge(ThreadStack earlier, ThreadStack later)
    {
        if (earlier.Frames.IsEmpty || later.Frames.IsEmpty)
            return Merge(later.Frames.IsEmpty ? earlier : later, earlier, later);
        if (ManagedPrint.Is(earlier) != ManagedPrint.Is(later))
        {
            (ThreadStack native, ThreadStack managed) = ManagedPrint.Is(earlier) ? (later, earlier) : (earlier, later);
            return ManagedPrint.Join(native, managed) is { } joined ? Merge(joined, earlier, later) : null;
        }

        if (earlier.Frames.Equals(later.Frames))
            return Merge(earlier, earlier, later); // one object: nothing is compared for each of the threads that share it
        bool isSame = Overlap(earlier, later) is { Same: > 0 } overlap && overlap.Same * 2 >= overlap.Compared
            || HaveSameNames(earlier.Frames, later.Frames);
        if (!isSame)
            return null;
        return Merge(SaysMore(later, earlier) ? later : earlier, earlier, later);
    }

    /// <summary>Whether both are the same frames at the same place on the stack, one perhaps cut. No two threads have that.</summary>
    public static bool LieAtSamePlace(ThreadStack left, ThreadStack right) =>
        Overlap(left, right) is { Same: > 0 } overlap && overlap.Same == overlap.Compared;

    /// <summary>
    /// Compares both from the frame on that is the first of the one and stands in the other: how many frames further out stand at the same
    /// place, and how many could.
    /// </summary>
    private static (int Same, int Compared) Overlap(ThreadStack left, ThreadStack right)
    {
        ImmutableArray<StackFrame> outer = left.Frames;
        ImmutableArray<StackFrame> whole = right.Frames;
        int first = IndexOfPlaced(outer);
        int start = IndexOfPlaced(whole);
        if (first < 0 || start < 0)
            return default;
        if (outer[first].StackPointer < whole[start].StackPointer)
            (outer, whole, first, start) = (whole, outer, start, first);

        int found = IndexOf(whole, outer[first], start);
        return found >= 0 && MayBeginAt(whole, start, found, outer) ? Compare(outer.AsSpan()[first..], whole.AsSpan()[found..]) : default;
    }

    /// <summary>Frames further in than where the other begins: the kernel's, which a print may leave out, or native ones that a managed print does not have.</summary>
    private static bool MayBeginAt(ImmutableArray<StackFrame> whole, int start, int found, ImmutableArray<StackFrame> outer)
    {
        if (found == start || !outer.Any(frame => FrameReading.Of(frame).IsSurelyUser))
            return true;
        for (int i = start; i < found; i++)
        {
            if (!FrameReading.Of(whole[i]).IsKernel)
                return false;
        }

        return true;
    }

    private static (int Same, int Compared) Compare(ReadOnlySpan<StackFrame> outer, ReadOnlySpan<StackFrame> whole)
    {
        int compared = 0;
        int same = 0;
        int w = 0;
        foreach (StackFrame frame in outer)
        {
            if (frame.StackPointer == 0)
                continue;
            while (w < whole.Length && whole[w].StackPointer < frame.StackPointer)
                w++;
            if (w == whole.Length)
                break;
            compared++;
            same += IsAt(whole[w], frame) ? 1 : 0;
        }

        return (same, compared);
    }

    private static int IndexOfPlaced(ImmutableArray<StackFrame> frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i].StackPointer != 0)
                return i;
        }

        return -1;
    }

    private static int IndexOf(ImmutableArray<StackFrame> frames, in StackFrame frame, int start)
    {
        for (int i = start; i < frames.Length; i++)
        {
            if (IsAt(frames[i], frame))
                return i;
        }

        return -1;
    }

    private static bool IsAt(in StackFrame left, in StackFrame right) =>
        left.StackPointer == right.StackPointer && (left.Function is null || right.Function is null || HaveSameName(left, right));

    private static bool HaveSameNames(ImmutableArray<StackFrame> left, ImmutableArray<StackFrame> right)
    {
        int shared = Math.Min(left.Length, right.Length);
        if (shared < FewestNames && left.Length != right.Length)
            return false;
        for (int i = 0; i < shared; i++)
        {
            bool areElsewhere = left[i].StackPointer != 0 && right[i].StackPointer != 0 && left[i].StackPointer != right[i].StackPointer;
            if (areElsewhere || !HaveSameName(left[i], right[i]))
                return false;
        }

        return true;
    }

    private static bool HaveSameName(in StackFrame left, in StackFrame right) =>
        string.Equals(left.Function, right.Function, StringComparison.OrdinalIgnoreCase)
        && (left.Function is not null || string.Equals(left.Module, right.Module, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a print says more than another: a walk, more named frames, the thread's start.</summary>
    private static bool SaysMore(ThreadStack stack, ThreadStack than) => Weight(stack).CompareTo(Weight(than)) > 0;

    private static (bool IsWalk, bool IsOfWindows, int Named, bool IsComplete) Weight(ThreadStack stack) => (
        stack.Walk != WalkExtent.RawScan,
        stack.Frames.Any(frame => FrameReading.Of(frame).IsSurelyUser),
        stack.Frames.Count(frame => frame.Function is not null),
        stack.Walk == WalkExtent.Complete);

    private static ThreadStack Merge(ThreadStack chosen, ThreadStack earlier, ThreadStack later) => chosen with
    {
        Thread = earlier.Thread with
        {
            Printed = earlier.Thread.Printed ?? later.Thread.Printed,
            EngineId = earlier.Thread.EngineId ?? later.Thread.EngineId,
            SystemId = earlier.Thread.SystemId ?? later.Thread.SystemId,
        },
        Kernel = later.Kernel ?? earlier.Kernel,
        Problem = chosen.Frames.IsEmpty ? chosen.Problem : null,
    };

    private static bool HasOwnNameOnly(ThreadIdentity thread) => thread is { Printed: not null, EngineId: null, SystemId: null };

    private static bool Differ(ulong? left, ulong? right) => left is not null && right is not null && left != right;
}
