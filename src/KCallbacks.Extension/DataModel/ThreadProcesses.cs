using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Extension.Scans;
using KCallbacks.Sessions;
using KCallbacks.Sessions.Kernel;
using KCallbacks.Sessions.User;

namespace KCallbacks.Extension.DataModel;

/// <summary>
/// The process of each thread of the session, both by the operating system's id: an object of the data model does not tell its
/// process. The threads of the current process are listed first, those of the others only when a thread is none of its.
/// </summary>
internal sealed class ThreadProcesses
{
    private readonly Dictionary<uint, uint> _processes = [];
    private bool _hasCurrent;
    private bool _hasAll;

    /// <summary>The process of a thread; null when the session has no such thread.</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="openEngine">Opens the engine, only when threads have to be listed.</param>
    /// <exception cref="SessionException">Threads cannot be listed.</exception>
    public uint? Find(uint threadId, Func<DebugEngine> openEngine)
    {
        if (_processes.TryGetValue(threadId, out uint process))
            return process;
        if (_hasAll)
            return null;
        using DebugEngine engine = openEngine();
        if (!_hasCurrent)
        {
            Add(engine, ofAll: false);
            _hasCurrent = true;
            if (_processes.TryGetValue(threadId, out process))
                return process;
        }

        Add(engine, ofAll: true);
        _hasAll = true;
        return _processes.TryGetValue(threadId, out process) ? process : null;
    }

    private void Add(DebugEngine engine, bool ofAll)
    {
        bool isKernel = SessionScan.Demand(engine) == SessionKind.Kernel;
        foreach ((uint thread, uint process) in isKernel ? KernelSession.ThreadsOf(engine, ofAll) : UserThreads.Of(engine, ofAll))
            _processes.TryAdd(thread, process);
    }
}
