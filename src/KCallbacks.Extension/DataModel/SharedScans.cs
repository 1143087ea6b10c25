using System.Globalization;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Extension.Command;
using KCallbacks.Extension.Scans;
using KCallbacks.Reports;
using KCallbacks.Sessions;
using KCallbacks.Sessions.Kernel;

namespace KCallbacks.Extension.DataModel;

/// <summary>One scan per process, shared by all objects that show it until the target moves.</summary>
internal sealed class SharedScans(DebuggerModel debugger)
{
    private readonly Dictionary<(uint ProcessId, bool Walk), Report> _reports = [];

    /// <summary>Scans made so far.</summary>
    public uint Count { get; private set; }

    /// <summary>The operating system's id of the current process.</summary>
    /// <exception cref="SessionException">There is none.</exception>
    public uint CurrentProcessId
    {
        get
        {
            using DebugEngine engine = debugger.GetEngine();
            return CurrentProcessOf(engine);
        }
    }

    /// <summary>The process of a thread, both by the operating system's id. An object of the data model does not tell its process.</summary>
    /// <exception cref="ModelErrorException">The current session has no such thread.</exception>
    public uint ProcessOfThread(uint threadId)
    {
        using DebugEngine engine = debugger.GetEngine();
        if (SessionScan.Demand(engine) == SessionKind.Kernel)
            return KernelSession.ProcessOfThread(engine, threadId) ?? throw NoSuchThread(threadId);
        uint current = CurrentProcessOf(engine);
        if (engine.SystemObjects.TryGetThreadIdBySystemId(threadId, out _).Succeeded)
            return current;
        using SavedSelection selection = SavedSelection.Save(engine);
        foreach ((uint id, uint systemId) in ProcessesOf(engine))
        {
            engine.SystemObjects.SetCurrentProcessId(id);
            if (engine.SystemObjects.TryGetThreadIdBySystemId(threadId, out _).Succeeded)
                return systemId;
        }

        throw NoSuchThread(threadId);
    }

    /// <summary>What was found in the process of a view.</summary>
    /// <exception cref="SessionException">The session cannot be scanned.</exception>
    /// <exception cref="ModelErrorException">The user stopped the scan, or the process is none of the session's.</exception>
    public Report Of(ThreadView view)
    {
        (uint ProcessId, bool Walk) key = (view.ProcessId, view.Options.Scan.Walk);
        if (_reports.TryGetValue(key, out Report? known))
            return known;
        Report made = Scan(key.ProcessId, key.Walk);
        _reports.Add(key, made);
        return made;
    }

    /// <summary>The target moved: what was found is over.</summary>
    public void Forget() => _reports.Clear();

    private Report Scan(uint processId, bool walk)
    {
        using DebugEngine engine = debugger.GetEngine();
        using SavedSelection selection = SavedSelection.Save(engine);
        bool isKernel = SessionScan.Demand(engine) == SessionKind.Kernel;
        if (!isKernel)
            Select(engine, processId);
        Count++;
        // A query may ask for anything: where each thread stands, and the frames of those in callbacks.
        var request = new SessionRequest(
            new ScanOptions { Walk = walk, Process = isKernel ? $"0x{processId:x}" : null },
            new ScanRequest { WalkAll = walk, KeepFrames = true, WithBlockedIn = true });
        using SessionScan scan = SessionScan.Run(engine, request, new InterruptMonitor(engine.Control));
        return scan.Report.Complete ? scan.Report : throw Stopped(scan.Report);
    }

    private static void Select(DebugEngine engine, uint processId)
    {
        if (CurrentProcessOf(engine) == processId)
            return;
        if (!engine.SystemObjects.TryGetProcessIdBySystemId(processId, out uint id).Succeeded)
            throw new ModelErrorException(HResult.Fail, $"The current session has no process 0x{processId:x}.");
        engine.SystemObjects.SetCurrentProcessId(id);
    }

    private static IEnumerable<(uint Id, uint SystemId)> ProcessesOf(DebugEngine engine)
    {
        engine.SystemObjects.TryGetNumberProcesses(out uint number).ThrowIfFailed("GetNumberProcesses");
        uint[] ids = new uint[number], systemIds = new uint[number];
        engine.SystemObjects.TryGetProcessIds(ids, systemIds).ThrowIfFailed("GetProcessIdsByIndex");
        return ids.Zip(systemIds);
    }

    private static uint CurrentProcessOf(DebugEngine engine)
    {
        if (SessionScan.Demand(engine) == SessionKind.Kernel)
            return KernelSession.CurrentProcessOf(engine);
        engine.SystemObjects.TryGetCurrentProcessSystemId(out uint id).ThrowIfFailed("GetCurrentProcessSystemId");
        return id;
    }

    private static ModelErrorException NoSuchThread(uint threadId) => new(HResult.Fail, $"The current session has no thread 0x{threadId:x}.");

    /// <summary>Part of an answer would pass for the whole in a query; so none is given and none is kept.</summary>
    private static ModelErrorException Stopped(Report report) => new(
        HResult.Aborted,
        string.Create(CultureInfo.InvariantCulture, $"Stopped after {report.Findings.Length} of {report.ThreadsInSource} threads."));
}
