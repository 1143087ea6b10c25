using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Walking;

/// <summary>
/// The walks made so far of x64 threads. Hung programs have many threads that hang in the same place, and comparing return
/// addresses costs a hundredth of a walk.
/// </summary>
internal sealed class WalkCache
{
    /// <summary>Walks kept per instruction; threads that all differ must not be held against thousands of walks each.</summary>
    private const int Most = 32;

    private readonly Dictionary<ulong, List<WalkPattern>> _walks = [];

    /// <summary>The thread with its frames, when another one came the same way; else null.</summary>
    public ThreadStack? Find(ThreadStack thread)
    {
        if (thread.Memory is null || !_walks.TryGetValue(thread.InstructionPointer, out List<WalkPattern>? walks))
            return null;
        foreach (WalkPattern walk in walks)
        {
            if (walk.For(thread) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Keeps a walk that other threads may share.</summary>
    public void Add(ThreadStack walked)
    {
        if (walked.Memory is null || walked.Frames.IsEmpty)
            return;
        if (!_walks.TryGetValue(walked.InstructionPointer, out List<WalkPattern>? walks))
            _walks[walked.InstructionPointer] = walks = [];
        if (walks.Count < Most && WalkPattern.Of(walked) is { } walk)
            walks.Add(walk);
    }
}
