using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Reports.Text;

/// <summary>
/// What makes two stacks the same: the verdict with all it names and, where frames are at hand, every frame's name.
/// Addresses of data, such as message parameters, do not count, nor which of the two names of a system call's stub was printed.
/// </summary>
/// <param name="report">Has the frames.</param>
internal sealed class SameStack(Report report) : IEqualityComparer<ThreadFinding>
{
    private static readonly ImmutableArray<Func<ThreadFinding, object?>> OfThread = [.. ThreadFacts.All.Where(fact => fact.TellsStacksApart).Select(fact => fact.Value)];

    private static readonly ImmutableArray<Func<Callback, object?>> OfCallback = [.. CallbackFacts.All.Where(fact => fact.TellsStacksApart).Select(fact => fact.Value)];

    /// <inheritdoc/>
    public bool Equals(ThreadFinding? x, ThreadFinding? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null && HaveSameVerdict(x, y) && HaveSameCallbacks(x, y) && HaveSameFrames(x, y));

    /// <inheritdoc/>
    public int GetHashCode(ThreadFinding obj)
    {
        var hash = new HashCode();
        hash.Add(obj.Verdict);
        hash.Add(obj.Depth);
        foreach (StackFrame frame in FramesOf(obj))
        {
            // Also the name: frames without a displacement would all be alike, and each stack be compared with every other.
            hash.Add(frame.Displacement);
            hash.Add(frame.Function, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>Threads that could not be judged for different reasons have nothing in common.</summary>
    private static bool HaveSameVerdict(ThreadFinding x, ThreadFinding y) =>
        OfThread.All(value => Equals(WithOneName(value(x)), WithOneName(value(y)))) && (x.Verdict != Verdict.Unknown || x.Reason == y.Reason);

    private static object? WithOneName(object? fact) => fact is string name ? OneName(name) : fact;

    private static bool HaveSameCallbacks(ThreadFinding x, ThreadFinding y)
    {
        if (x.Callbacks.Length != y.Callbacks.Length)
            return false;
        for (int i = 0; i < x.Callbacks.Length; i++)
        {
            (Callback left, Callback right) = (x.Callbacks[i], y.Callbacks[i]);
            if (!OfCallback.All(value => Equals(value(left), value(right))))
                return false;
        }

        return true;
    }

    private bool HaveSameFrames(ThreadFinding x, ThreadFinding y)
    {
        ReadOnlySpan<StackFrame> left = FramesOf(x);
        ReadOnlySpan<StackFrame> right = FramesOf(y);
        if (left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i].Displacement != right[i].Displacement || OneName(left[i].Function) != OneName(right[i].Function) || left[i].Module != right[i].Module)
                return false;
        }

        return true;
    }

    private ReadOnlySpan<StackFrame> FramesOf(ThreadFinding finding) =>
        report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack) ? stack.Frames.AsSpan() : [];

    /// <summary><c>Nt</c> and <c>Zw</c> are two names of one address.</summary>
    private static string? OneName(string? function)
    {
        if (function is null)
            return null;
        int start = function.IndexOf('!', StringComparison.Ordinal) + 1;
        return function.AsSpan(start).StartsWith("Zw") ? $"{function[..start]}Nt{function[(start + 2)..]}" : function;
    }
}
