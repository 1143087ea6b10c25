namespace KCallbacks.Detection.Waits;

/// <summary>Looks up handles of the process: in a session by the engine, in a minidump by its handle stream.</summary>
public interface IHandleView
{
    /// <summary>What is known of a handle; null when nothing is.</summary>
    /// <param name="handle">The handle.</param>
    HandleInfo? Find(ulong handle);
}

/// <summary>A target that has no handles.</summary>
internal sealed class NoHandles : IHandleView
{
    /// <inheritdoc/>
    public HandleInfo? Find(ulong handle) => null;
}
