using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// The process whose memory a kernel session reads and the thread whose stack it walks. Disposing it gives back those the user had,
/// and with the process its page directory.
/// </summary>
internal sealed class ImplicitContext : IDisposable
{
    /// <summary>Makes the engine follow the current processor again; naming its thread instead would count as a choice of the user.</summary>
    private const ulong OfProcessor = 0;

    private readonly DebugSystemObjects _objects;
    private readonly ulong? _usersProcess;
    private readonly ulong? _usersThread;
    private readonly bool _isProcessorsProcess;
    private readonly bool _isProcessorsThread;
    private ulong? _process;
    private ulong? _thread;

    private ImplicitContext(DebugSystemObjects objects)
    {
        _objects = objects;
        _process = _usersProcess = objects.TryGetImplicitProcessDataOffset(out ulong process).Succeeded ? process : null;
        _thread = _usersThread = objects.TryGetImplicitThreadDataOffset(out ulong thread).Succeeded ? thread : null;
        _isProcessorsProcess = objects.TryGetCurrentProcessDataOffset(out ulong ofProcessor).Succeeded && ofProcessor == _usersProcess;
        _isProcessorsThread = objects.TryGetCurrentThreadDataOffset(out ofProcessor).Succeeded && ofProcessor == _usersThread;
    }

    /// <summary>The EPROCESS the user has selected; null when the engine knows none.</summary>
    public ulong? UsersProcess => _usersProcess;

    /// <summary>The ETHREAD the user has selected; null when the engine knows none.</summary>
    public ulong? UsersThread => _usersThread;

    /// <summary>Notes what is selected.</summary>
    public static ImplicitContext Save(DebugEngine engine) => new(engine.SystemObjects);

    /// <summary>Reads memory as a process sees it from now on.</summary>
    /// <returns>False when the engine refuses; memory is then that of the process before.</returns>
    public bool Enter(ulong process)
    {
        if (_process == process)
            return true;
        if (!_objects.TrySetImplicitProcessDataOffset(process).Succeeded)
            return false;
        _process = process;
        return true;
    }

    /// <summary>Walks a thread from now on.</summary>
    /// <returns>False when the engine refuses.</returns>
    public bool EnterThread(ulong thread)
    {
        if (_thread == thread)
            return true;
        if (!_objects.TrySetImplicitThreadDataOffset(thread).Succeeded)
            return false;
        _thread = thread;
        return true;
    }

    /// <summary>Never throws: a command that failed must be able to say why.</summary>
    public void Dispose()
    {
        if (_usersThread is { } thread && thread != _thread)
            _ = _objects.TrySetImplicitThreadDataOffset(_isProcessorsThread ? OfProcessor : thread);
        if (_usersProcess is { } process && process != _process)
            _ = _objects.TrySetImplicitProcessDataOffset(_isProcessorsProcess ? OfProcessor : process);
    }
}
