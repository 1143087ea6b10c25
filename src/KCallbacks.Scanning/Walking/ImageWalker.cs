using KCallbacks.Detection.Model;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Scanning.Walking;

/// <summary>
/// Walks user stacks without a debugger: a thread that came the same way as another one gets its frames, the others are walked
/// over the unwind data of the process's images. Only x64 stacks can be walked so.
/// </summary>
/// <param name="process">The process; its modules must not change afterwards.</param>
/// <param name="functions">Where its functions begin, which is read from the same unwind data.</param>
public sealed class ImageWalker(IProcessView process, FunctionStarts functions)
{
    private readonly WalkCache _known = new();
    private readonly Lazy<X64StackWalker> _unwinder = new(() => new X64StackWalker(process, functions.Directories));

    /// <summary>
    /// Adds the frames as far as unwind data leads. Only whole walks are shared: what comes after the end of a cut stack may
    /// differ from thread to thread.
    /// </summary>
    /// <param name="stack">What was read of the thread.</param>
    public ThreadStack Walk(ThreadStack stack)
    {
        if (process.Architecture != Architecture.X64)
            return stack with { Walk = WalkExtent.Failed, WalkEnd = "only x64 stacks can be walked over the images' unwind data" };
        if (_known.Find(stack) is { } known)
            return known;
        ThreadStack walked = _unwinder.Value.Walk(stack).NamedBy(process).On(stack);
        if (walked.Walk == WalkExtent.Complete)
            _known.Add(walked);
        return walked;
    }
}
