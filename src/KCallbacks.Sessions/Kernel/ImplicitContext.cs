using KCallbacks.DbgEng;
using KCallbacks.Detection.Windows;

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
    private readonly PageDirectories? _directories;
    private ulong? _process;
    private ulong? _thread;

    private ImplicitContext(DebugSystemObjects objects, DebugDataSpaces memory, CpuLayout machine)
    {
        _objects = objects;
        _process = _usersProcess = objects.TryGetImplicitProcessDataOffset(out ulong process).Succeeded ? process : null;
        _thread = _usersThread = objects.TryGetImplicitThreadDataOffset(out ulong thread).Succeeded ? thread : null;
        _isProcessorsProcess = objects.TryGetCurrentProcessDataOffset(out ulong ofProcessor).Succeeded && ofProcessor == _usersProcess;
        _isProcessorsThread = objects.TryGetCurrentThreadDataOffset(out ofProcessor).Succeeded && ofProcessor == _usersThread;
        if (machine == CpuLayout.X64 && _usersProcess is { } current)
            _directories = new PageDirectories(memory, current, current, _usersThread ?? current);
    }

    /// <summary>The EPROCESS the user has selected; null when the engine knows none.</summary>
    public ulong? UsersProcess => _usersProcess;

    /// <summary>The ETHREAD the user has selected; null when the engine knows none.</summary>
    public ulong? UsersThread => _usersThread;

    /// <summary>Notes what is selected.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="machine">Its processor.</param>
    public static ImplicitContext Save(DebugEngine engine, CpuLayout machine) => new(engine.SystemObjects, engine.DataSpaces, machine);

    /// <summary>Reads memory as a process sees it from now on.</summary>
    /// <returns>False when the engine refuses, or when there would be no way back; memory is then that of the process before.</returns>
    public bool Enter(ulong process)
    {
        if (_process == process)
            return true;
        if (_directories?.ShowsKernel(process) == false || !_objects.TrySetImplicitProcessDataOffset(process).Succeeded)
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
            GiveBack(thread, _isProcessorsThread, _objects.TrySetImplicitThreadDataOffset);
        if (_usersProcess is { } process && process != _process)
            GiveBack(process, _isProcessorsProcess, _objects.TrySetImplicitProcessDataOffset);
    }

    /// <summary>Where the processor's own cannot be looked up from the memory that is shown now, it is named first.</summary>
    private static void GiveBack(ulong users, bool isProcessors, Func<ulong, HResult> set)
    {
        if (isProcessors && set(OfProcessor).Succeeded)
            return;
        if (set(users).Succeeded && isProcessors)
            _ = set(OfProcessor);
    }
}
