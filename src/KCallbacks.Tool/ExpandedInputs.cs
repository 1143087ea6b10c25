using System.Runtime.ExceptionServices;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary>The inputs that words name, found by a thread that may hang on a drive that does not answer.</summary>
internal static class ExpandedInputs
{
    /// <summary>The inputs, in order.</summary>
    /// <exception cref="InputException">A list cannot be read, or the file system does not answer.</exception>
    public static Input[] Of(IEnumerable<string> words, InputChoice choice, ToolHost host)
    {
        var watch = new FileSystemWatch(host.Clock);
        Input[] inputs = [];
        ExceptionDispatchInfo? failure = null;
        string? silent = null;
        bool isDone = host.Threads.TryFinish(Expand, () => (silent = watch.Unanswered) is not null);
        if (!isDone)
            throw new InputException($"{silent} does not answer within {FileSystemWatch.Limit.TotalSeconds} seconds: it is a pipe that nobody writes to, or lies on a drive that is gone");
        failure?.Throw();
        return inputs;

        void Expand()
        {
            try
            {
                inputs = [.. new InputList(choice, host.Input, watch).Expand(words)];
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
