using System.Globalization;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Extension.Command;
using KCallbacks.Extension.Scans;
using KCallbacks.Reports;
using KCallbacks.Scanning;
using KCallbacks.Sessions;
using KCallbacks.Sessions.Kernel;

namespace KCallbacks.Extension.DataModel;

/// <summary>One scan per process, shared by all objects that show it until the target moves.</summary>
internal sealed class SharedScans(DebuggerModel debugger)
{
    private readonly Dictionary<(uint? ProcessId, bool Walk), ProcessFindings> _findings = [];
    private ThreadProcesses _processes = new();

    /// <summary>Scans made so far.</summary>
    public uint Count { get; private set; }

    /// <summary>The operating system's id of the current process; null in a kernel session that does not tell.</summary>
    /// <exception cref="SessionException">There is none.</exception>
    public uint? CurrentProcessId
    {
        get
        {
            using DebugEngine engine = debugger.GetEngine();
            return SessionScan.Demand(engine) == SessionKind.Kernel ? KernelSession.FindCurrentProcess(engine) : CurrentProcessOf(engine);
        }
    }

    /// <summary>Whether the session is one of the kernel, where objects of the data model may lack ids.</summary>
    /// <exception cref="SessionException">There is none.</exception>
    public bool IsKernel
    {
        get
        {
            using DebugEngine engine = debugger.GetEngine();
            return SessionScan.Demand(engine) == SessionKind.Kernel;
        }
    }

    /// <summary>The process of a thread, both by the operating system's id.</summary>
    /// <exception cref="ModelErrorException">The current session has no such thread.</exception>
    public uint ProcessOfThread(uint threadId) => _processes.Find(threadId, debugger.GetEngine)
        ?? throw new ModelErrorException(HResult.Fail, $"The current session has no thread 0x{threadId:x}.");

    /// <summary>What was found in the process of a view.</summary>
    /// <exception cref="SessionException">The session cannot be scanned.</exception>
    /// <exception cref="ModelErrorException">The user stopped the scan, or the process is none of the session's.</exception>
    public ProcessFindings Of(ThreadView view)
    {
        (uint? ProcessId, bool Walk) key = (view.ProcessId, view.Options.Scan.Walk);
        if (!_findings.TryGetValue(key, out ProcessFindings? found))
            _findings.Add(key, found = new ProcessFindings(key.ProcessId, Scan(key.ProcessId, key.Walk)));
        return found;
    }

    /// <summary>The target moved: what was found is over.</summary>
    public void Forget()
    {
        _findings.Clear();
        _processes = new ThreadProcesses();
    }

    private Report Scan(uint? processId, bool walk)
    {
        using DebugEngine engine = debugger.GetEngine();
        using SavedSelection selection = SavedSelection.Save(engine);
        bool isKernel = SessionScan.Demand(engine) == SessionKind.Kernel;
        if (!isKernel && processId is { } id)
            Select(engine, id);
        Count++;
        // A query may ask for anything: where each thread stands, and the frames of those in callbacks.
        var request = new SessionRequest(
            new ScanOptions { Walk = walk, Process = isKernel && processId is { } which ? $"0x{which:x}" : null },
            new ScanRequest { WalkAll = walk, KeepFrames = true, WithBlockedIn = true, WithWaits = true });
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

    private static uint CurrentProcessOf(DebugEngine engine)
    {
        engine.SystemObjects.TryGetCurrentProcessSystemId(out uint id).ThrowIfFailed("GetCurrentProcessSystemId");
        return id;
    }

    /// <summary>Part of an answer would pass for the whole in a query; so none is given and none is kept.</summary>
    private static ModelErrorException Stopped(Report report) => new(
        HResult.Aborted,
        report.ThreadsInSource is { } all
            ? string.Create(CultureInfo.InvariantCulture, $"Stopped after {report.Findings.Length} of {all} threads.")
            : string.Create(CultureInfo.InvariantCulture, $"Stopped after {report.Findings.Length} threads."));
}
