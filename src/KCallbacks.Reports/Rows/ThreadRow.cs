using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Rows;

/// <summary>The row of a thread, or of several that show the same: the one form in which every view shows threads.</summary>
internal sealed record ThreadRow
{
    private const int LongestName = 24;

    /// <summary>Columns are measured before they are printed. A row that more threads are added to keeps its first.</summary>
    private Run? _number;
    private Run? _systemId;

    /// <summary>The threads, at least one; the row bears the first one's number.</summary>
    public required ImmutableArray<HangThread> Threads { get; init; }

    /// <summary>Callbacks nested, with the mark of a doubt.</summary>
    public required string Depth { get; init; }

    /// <summary>The innermost callback, or the function that the thread runs.</summary>
    public required Cell In { get; init; }

    /// <summary>What it waits for.</summary>
    public required Cell WaitsFor { get; init; }

    /// <summary>Who must let go, or how many it holds up.</summary>
    public required Cell Owner { get; init; }

    /// <summary>The thread whose number the row bears.</summary>
    public HangThread First => Threads[0];

    /// <summary>What makes rows equal.</summary>
    public (string Depth, string In, string WaitsFor, string Owner) Key => (Depth, In.Text, WaitsFor.Text, Owner.Text);

    /// <summary>The debugger's number of the thread, or what the source printed.</summary>
    public Run Number => _number ??= new Run(ThreadName.Of(First.Finding.Thread), Emphasis.Normal, LinkToDetails(First.Finding.Thread)).CutTo(LongestName);

    /// <summary>The operating system's id.</summary>
    public Run SystemId => _systemId ??= First.Finding.Thread.SystemId is { } id
        ? new Run(id.ToString("x", CultureInfo.InvariantCulture), Emphasis.Normal, Link.ToThread(id))
        : new Run("");

    /// <summary>How many threads it stands for.</summary>
    public Run Count => new(Threads.Length.ToString(CultureInfo.InvariantCulture), Emphasis.Normal, LinkToLike());

    /// <summary>Address of the ETHREAD of a thread of a kernel session.</summary>
    public Run Address => First.Finding.Thread.Address is { } address
        ? new Run(address.ToString("x16", CultureInfo.InvariantCulture), Emphasis.Normal, Link.ToKernelThread(address))
        : new Run("");

    /// <summary>The process of a thread of a kernel session.</summary>
    public Run Process => First.Finding.Thread.Process is { Name: { } name, Address: var address }
        ? new Run(name, Emphasis.Normal, Link.ToCommand(string.Create(CultureInfo.InvariantCulture, $"!process 0x{address:x16} 0"))).CutTo(LongestName)
        : new Run("");

    /// <summary>The row of a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="result">Names the threads it waits for.</param>
    /// <param name="source">Where they were captured.</param>
    public static ThreadRow Of(HangThread thread, HangResult result, ReportSource source) => new()
    {
        Threads = [thread],
        Depth = DepthOf(thread.Finding),
        In = CallbackPhrases.In(thread.Finding),
        WaitsFor = WaitPhrases.Of(thread),
        Owner = new Cell(OwnerPhrases.Of(thread, result, source)) { Link = LinkOfOwner(thread, result) },
    };

    /// <summary>The row of another thread that shows the same.</summary>
    public ThreadRow For(HangThread thread) => new() { Threads = [thread], Depth = Depth, In = In, WaitsFor = WaitsFor, Owner = Owner };

    /// <summary>The mark of a confidence below high; empty for high.</summary>
    public static string MarkOf(Confidence confidence) => confidence switch
    {
        Confidence.Low => "?",
        Confidence.Medium => "~",
        _ => "",
    };

    /// <summary>Shows a thread's stack and evidence without switching to it; null when the source does not say how to name it.</summary>
    public static Link? LinkToDetails(ThreadIdentity thread) => thread.SystemId is { } id
        ? Link.ToCommand(string.Create(CultureInfo.InvariantCulture, $"!kcallbacks -v -t ~~[{id:x}]"))
        : null;

    private Link? LinkToLike() => Threads.Length > 1 && First.Finding.Thread.SystemId is { } id
        ? Link.ToCommand(string.Create(CultureInfo.InvariantCulture, $"!kcallbacks -g -a -like ~~[{id:x}]"))
        : null;

    /// <summary>Callbacks nested, <c>+</c> for at least, <c>~</c> for likely, <c>?</c> for a guess.</summary>
    private static string DepthOf(ThreadFinding finding) => finding.Verdict switch
    {
        Verdict.Unknown when finding.Depth == 0 => "?",
        Verdict.None => finding.Confidence == Confidence.Low ? "0?" : "0",
        _ => DisplayText.OfDepth(finding) + MarkOf(finding.Confidence),
    };

    private static Link? LinkOfOwner(HangThread thread, HangResult result)
    {
        if (thread.Waits?.Waits.FirstOrDefault(wait => !wait.Owners.IsEmpty)?.Owners[0].Position is { } owner && result.Of(owner) is { } state)
            return LinkToDetails(state.Finding.Thread);
        return thread.HoldsUp > 0 && thread.Finding.Thread.SystemId is { } id
            ? Link.ToCommand(string.Create(CultureInfo.InvariantCulture, $"!kcallbacks -w -t ~~[{id:x}]"))
            : null;
    }
}
