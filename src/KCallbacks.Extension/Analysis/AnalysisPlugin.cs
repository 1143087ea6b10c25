using KCallbacks.DbgEng;
using KCallbacks.DbgEng.Analysis;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Extension.Command;
using KCallbacks.Extension.DataModel;
using KCallbacks.Extension.Scans;
using KCallbacks.Reports;
using KCallbacks.Scanning;
using KCallbacks.Sessions;

namespace KCallbacks.Extension.Analysis;

/// <summary>
/// Adds to <c>!analyze</c> what hangs, and which callback an exception was about to leave. It adds after the bucket was made, so it changes
/// none; it takes a bounded time; and whatever goes wrong ends as an error code.
/// </summary>
internal static class AnalysisPlugin
{
    /// <summary>Long for a scan, and little beside an analysis that loads symbols.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary><c>DEBUG_FLR_HANG</c> of <c>extsfns.h</c>: the entry that says that a hang is analysed.</summary>
    private const uint HangEntry = 0x2011;

    /// <summary>Takes part in one phase.</summary>
    /// <param name="client">The engine's IDebugClient.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="analysis">The IDebugFailureAnalysis2.</param>
    /// <returns>The HRESULT for <c>!analyze</c>: 0 when something was added, 1 when not.</returns>
    public static int Run(nint client, AnalysisPhase phase, nint analysis)
    {
        if (client == 0 || analysis == 0 || phase is not (AnalysisPhase.Initialization or AnalysisPhase.StackAnalysis or AnalysisPhase.PreBucketing or AnalysisPhase.PostBucketing))
            return HResult.InvalidArgument.Value;
        try
        {
            using var entries = FailureAnalysis.Of(analysis);
            bool hasAdded = phase switch
            {
                AnalysisPhase.Initialization => Define(entries.FindTags()),
                AnalysisPhase.PostBucketing => Add(client, entries),
                _ => false,
            };
            return (hasAdded ? HResult.Ok : HResult.False).Value;
        }
        catch (SessionException)
        {
            return HResult.False.Value;
        }
        catch (Exception exception)
        {
            return exception is EngineCallException call ? call.Result.Value : exception.HResult;
        }
    }

    /// <summary>Scans and says what was found.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="entries">Takes it.</param>
    /// <param name="monitor">Ends the scan.</param>
    /// <returns>Whether anything was added.</returns>
    /// <exception cref="SessionException">The session cannot be scanned.</exception>
    internal static bool Add(DebugEngine engine, FailureAnalysis entries, TimeLimit monitor)
    {
        bool hasException = engine.Control.TryGetLastException(out ExceptionEvent exception) && exception.Code == FailureCodes.FatalUserCallback;
        if ((!hasException && !IsHang(entries)) || SessionScan.Demand(engine) != SessionKind.User)
            return false;
        try
        {
            Report report = Scan(engine, monitor);
            return AddAll(entries, hasException ? new ExceptionEntries(engine, exception).Of(report) : HangEntries.Of(report));
        }
        catch (SessionException) when (monitor.IsOver)
        {
            return entries.TryAddString(AnalysisTag.Result.Number, "not judged within the time that it may take here; run !kcallbacks");
        }
        finally
        {
            // Asking for it took it away; what goes on here stops by it.
            if (monitor.IsOfUser)
                _ = engine.Control.TrySetInterrupt(InterruptKind.Passive);
        }
    }

    private static bool Add(nint client, FailureAnalysis entries)
    {
        using DebugEngine engine = DebugEngine.FromClient(client);
        return Add(engine, entries, new TimeLimit(new InterruptMonitor(engine.Control), Limit));
    }

    private static Report Scan(DebugEngine engine, IScanMonitor monitor)
    {
        using SessionScan scan = SessionScan.Run(engine, new SessionRequest(new ScanOptions(), new ScanRequest { WithBlockedIn = true, WithWaits = true }), monitor);
        return scan.Report;
    }

    /// <summary>A debugger's own stop is told by the same codes as a hang that somebody broke into.</summary>
    private static bool IsHang(FailureAnalysis entries) =>
        entries.FailureCode is FailureCodes.ApplicationHang or FailureCodes.Breakpoint or FailureCodes.WakeDebugger or 0 || entries.Has(HangEntry);

    private static bool Define(FailureTags? tags)
    {
        bool isDefined = false;
        if (tags is not null)
        {
            foreach (AnalysisTag tag in AnalysisTag.All)
                isDefined |= tags.TryDefine(tag.Number, tag.Kind, tag.Name, tag.Meaning).Succeeded;
        }

        return isDefined;
    }

    private static bool AddAll(FailureAnalysis entries, IEnumerable<AnalysisEntry> added)
    {
        bool hasAdded = false;
        foreach (AnalysisEntry entry in added)
        {
            hasAdded |= entry.Tag.Kind == FailureEntryKind.Command
                ? entries.TrySetCommand(entry.Tag.Number, entry.Text)
                : entries.TryAddString(entry.Tag.Number, entry.Text);
        }

        return hasAdded;
    }
}
