namespace KCallbacks.Detection.Waits;

/// <summary>What a target knows of a handle of its process.</summary>
/// <param name="Type">The type of the object.</param>
/// <param name="TypeName">The type as the kernel names it, for example <c>ALPC Port</c>; null when not known.</param>
/// <param name="Name">The object's name; null when it has none or it is not known.</param>
internal sealed record HandleInfo(HandleType Type, string? TypeName = null, string? Name = null)
{
    /// <summary>For a mutex, the thread that owns it; for a thread, itself; null when not known or nobody does.</summary>
    public uint? ThreadId { get; init; }

    /// <summary>The process of <see cref="ThreadId"/>, or the process itself; null when not known.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>For a mutex, whether its owner is recorded, so that none means that it is free.</summary>
    public bool RecordsOwner { get; init; }

    /// <summary>For a mutex, whether its last owner ended without letting go.</summary>
    public bool IsAbandoned { get; init; }
}

/// <summary>Types of kernel objects, as far as waits differ by them.</summary>
internal enum HandleType
{
    /// <summary>Another, or not known.</summary>
    Other,

    /// <summary>Thread.</summary>
    Thread,

    /// <summary>Process.</summary>
    Process,

    /// <summary>Mutex, which the kernel calls mutant.</summary>
    Mutex,

    /// <summary>Event.</summary>
    Event,

    /// <summary>Semaphore.</summary>
    Semaphore,

    /// <summary>Timer.</summary>
    Timer,

    /// <summary>File or device.</summary>
    File,

    /// <summary>Port of a local procedure call.</summary>
    Port,
}

/// <summary>Looks up handles of the process: in a session by the engine, in a minidump by its handle stream.</summary>
internal interface IHandleView
{
    /// <summary>What is known of a handle; null when nothing is.</summary>
    HandleInfo? Find(ulong handle);
}

/// <summary>A target that has no handles.</summary>
internal sealed class NoHandles : IHandleView
{
    /// <inheritdoc/>
    public HandleInfo? Find(ulong handle) => null;
}
