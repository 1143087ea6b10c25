using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Text;

/// <summary>
/// What makes two stacks the same: the verdict with all it names and, where frames are at hand, every frame's name.
/// Addresses of data, such as message parameters, do not count.
/// </summary>
/// <param name="report">Has the frames.</param>
internal sealed class SameStack(Report report) : IEqualityComparer<ThreadFinding>
{
    /// <inheritdoc/>
    public bool Equals(ThreadFinding? x, ThreadFinding? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null && VerdictOf(x) == VerdictOf(y) && HaveSameCallbacks(x, y) && HaveSameFrames(x, y));

    /// <inheritdoc/>
    public int GetHashCode(ThreadFinding obj)
    {
        var hash = new HashCode();
        hash.Add(obj.Verdict);
        hash.Add(obj.Depth);
        foreach (StackFrame frame in FramesOf(obj))
            hash.Add(frame.Displacement);
        return hash.ToHashCode();
    }

    private static (Verdict, int, bool, string?, string?, ulong?, string?, string?) VerdictOf(ThreadFinding finding) =>
        (finding.Verdict, finding.Depth, finding.DepthIsMinimum, finding.BlockedIn, finding.Verdict == Verdict.Unknown ? finding.Reason : null,
            finding.Thread.Process?.Address, finding.Kernel?.WaitReason, finding.KernelFunction);

    private static bool HaveSameCallbacks(ThreadFinding x, ThreadFinding y)
    {
        if (x.Callbacks.Length != y.Callbacks.Length)
            return false;
        for (int i = 0; i < x.Callbacks.Length; i++)
        {
            if (NamesOf(x.Callbacks[i]) != NamesOf(y.Callbacks[i]))
                return false;
        }

        return true;
    }

    private static (string?, int?, uint?, string?, ulong?, string?, string?) NamesOf(Callback callback) =>
        (callback.Routine, callback.ApiNumber, callback.Message?.Number, callback.Delivery?.Text, callback.Message?.WindowProcedure ?? callback.Delivery?.Procedure, callback.Handler, callback.Entry);

    private bool HaveSameFrames(ThreadFinding x, ThreadFinding y)
    {
        ReadOnlySpan<StackFrame> left = FramesOf(x);
        ReadOnlySpan<StackFrame> right = FramesOf(y);
        if (left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i].Displacement != right[i].Displacement || left[i].Function != right[i].Function || left[i].Module != right[i].Module)
                return false;
        }

        return true;
    }

    private ReadOnlySpan<StackFrame> FramesOf(ThreadFinding finding) =>
        report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack) ? stack.Frames.AsSpan() : [];
}
