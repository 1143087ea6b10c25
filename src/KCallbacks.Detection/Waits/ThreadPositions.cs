using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>Threads by their positions, which are their indexes in most targets.</summary>
/// <param name="threads">The threads; positions must differ.</param>
internal sealed class ThreadPositions(ImmutableArray<ThreadWaits> threads)
{
    private readonly Lazy<Dictionary<int, ThreadWaits>> _others = new(() => threads.ToDictionary(thread => thread.Thread.Position));

    /// <summary>All threads in the order given.</summary>
    public ImmutableArray<ThreadWaits> All => threads;

    /// <summary>The thread at a position; null when there is none.</summary>
    public ThreadWaits? Find(int position) => (uint)position < (uint)threads.Length && threads[position].Thread.Position == position
        ? threads[position]
        : _others.Value.GetValueOrDefault(position);
}
