using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Json;

namespace KCallbacks.Extension.DataModel;

/// <summary>
/// <c>@$callbackfacts(options)</c>: what hangs, as plain data. Agents see of an object its properties, each as a number or as text, and
/// nothing below them.
/// </summary>
/// <param name="debugger">The data model.</param>
/// <param name="scans">Gives what was found.</param>
internal sealed class FactSheetFunction(DebuggerModel debugger, SharedScans scans)
{
    /// <summary>Its name in the debugger, which the manifest gives to agents as a tool.</summary>
    public const string Name = "callbackfacts";

    private static readonly ImmutableArray<ModelProperty<FactSheet>> Properties =
    [
        new("State", "What hangs, in a word: deadlock, blocked, busy, idle or unclear.", sheet => sheet.State),
        new("Proof", "How sure that is: certain or likely.", sheet => sheet.Proof),
        new("Result", "What hangs, for whom, and who must let go.", sheet => sheet.Result),
        new("ThreadsJudged", "All threads of the process.", sheet => sheet.Summary.Threads) { Radix = 10 },
        new("InCallback", "Threads inside a callback.", sheet => sheet.Summary.WithCallback) { Radix = 10 },
        new("NotJudged", "Threads that could not be judged, or only by a guess.", sheet => sheet.Summary.Unknown + sheet.Summary.LowConfidence) { Radix = 10 },
        new("Findings", "JSON: what keeps threads from going on, the worst first.", sheet => sheet.Findings.Text),
        new("Waits", "JSON: who waits for whom, as far as owners are known.", sheet => sheet.Waits.Text),
        new("Threads", "JSON: the threads asked for, those that hang first.", sheet => sheet.Threads.Text),
        new("Warnings", "JSON: what could not be read.", sheet => sheet.Warnings.Text),
        new("LeftOut", "Items that did not fit into the lists.", sheet => sheet.LeftOut) { Radix = 10 },
    ];

    private readonly ModelClass<FactSheet> _sheet = new(debugger, "CallbackFacts", Properties, sheet => sheet.Text);

    /// <summary>Answers a call.</summary>
    public ModelObject Call(ImmutableArray<ModelObject> arguments)
    {
        var view = new ThreadView(scans.CurrentProcessId) { Options = ViewOptions.Parse(arguments, Name) };
        ProcessFindings found = scans.Of(view);
        return _sheet.Of(new FactSheet(found.Report, found.Hang, ThreadsOf(view, found)));
    }

    /// <summary>The threads that the options select; without options also those that hang, in a callback or not.</summary>
    private static ImmutableArray<ThreadFinding> ThreadsOf(ThreadView view, ProcessFindings found)
    {
        ImmutableArray<ThreadFinding> listed = view.Select(found.Report);
        if (view.Options.Filter.IsRestricting)
            return listed;
        HashSet<ThreadFinding> shown = [.. listed];
        foreach (HangFinding finding in found.Hang.Findings)
            shown.UnionWith(found.At(finding.Threads).Select(thread => thread.Finding));
        return [.. found.Report.Findings.Where(shown.Contains)];
    }
}
