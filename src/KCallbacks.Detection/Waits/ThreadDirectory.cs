using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>The threads of the target by their system ids.</summary>
internal sealed class ThreadDirectory(ImmutableArray<WaitInput> threads)
{
    private readonly Lazy<Dictionary<uint, WaitInput>> _bySystemId = new(() => BySystemId(threads));

    /// <summary>All threads.</summary>
    public ImmutableArray<WaitInput> Threads => threads;

    /// <summary>The thread with a system id; null when it is none of the target's.</summary>
    public WaitInput? Find(uint systemId) => _bySystemId.Value.GetValueOrDefault(systemId);

    /// <summary>The thread as an owner.</summary>
    public WaitOwner OwnerOf(uint systemId, uint? processId = null, string? processName = null) =>
        Find(systemId) is { } thread ? new WaitOwner(systemId, thread.Stack.Thread.Position) : new WaitOwner(systemId, null, processId, processName);

    /// <summary>A thread as an owner.</summary>
    public static WaitOwner OwnerOf(WaitInput thread) => new(thread.Stack.Thread.SystemId ?? 0, thread.Stack.Thread.Position);

    private static Dictionary<uint, WaitInput> BySystemId(ImmutableArray<WaitInput> threads)
    {
        var found = new Dictionary<uint, WaitInput>(threads.Length);
        foreach (WaitInput thread in threads)
        {
            if (thread.Stack.Thread.SystemId is { } id)
                found.TryAdd(id, thread);
        }

        return found;
    }
}
