using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>The threads of the target by their system ids.</summary>
internal sealed class ThreadDirectory
{
    private readonly Dictionary<uint, WaitInput> _bySystemId = [];

    public ThreadDirectory(ImmutableArray<WaitInput> threads)
    {
        Threads = threads;
        foreach (WaitInput thread in threads)
        {
            if (thread.Stack.Thread.SystemId is { } id)
                _bySystemId.TryAdd(id, thread);
        }
    }

    /// <summary>All threads.</summary>
    public ImmutableArray<WaitInput> Threads { get; }

    /// <summary>The thread with a system id; null when it is none of the target's.</summary>
    public WaitInput? Find(uint systemId) => _bySystemId.GetValueOrDefault(systemId);

    /// <summary>The thread as an owner.</summary>
    public WaitOwner OwnerOf(uint systemId, uint? processId = null) =>
        Find(systemId) is { } thread ? new WaitOwner(systemId, thread.Stack.Thread.Position) : new WaitOwner(systemId, null, processId);
}
