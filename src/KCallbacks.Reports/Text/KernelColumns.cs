using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Text;

/// <summary>The columns of the thread table of a kernel session, where threads are of many processes and known by their ETHREAD.</summary>
internal static class KernelColumns
{
    private const int Narrow = 12;

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(100);

    /// <summary>What is said of a stack.</summary>
    private static readonly ImmutableArray<Column<ThreadGroup>> Stack =
    [
        new("Process", ProcessName, Priority: 8, MinWidth: Narrow),
        new("Verdict", ThreadColumns.VerdictOf, Priority: 10),
        new("Depth", ThreadColumns.Depth, Alignment.Right, Priority: 7),
        new("Routine", ThreadColumns.Routine, Priority: 5, MinWidth: Narrow),
        new("Entry", ThreadColumns.Entry, Priority: 2, MinWidth: Narrow),
        new("Wait", Wait, Priority: 6),
        new("Kernel function", Function, Priority: 4, MinWidth: Narrow),
    ];

    /// <summary>A row per thread.</summary>
    public static ImmutableArray<Column<ThreadGroup>> Single { get; } =
    [
        new("ETHREAD", Address, Priority: 9),
        new("Pid.Tid", Ids, Alignment.Right, Priority: 3),
        .. Stack,
    ];

    /// <summary>A row per group of threads of one process, which are named below it.</summary>
    public static ImmutableArray<Column<ThreadGroup>> Grouped { get; } = [ThreadColumns.Grouped[0], .. Stack];

    /// <summary>Whether a report is shown in these columns.</summary>
    public static bool Fit(Report report) => report.Findings.Any(finding => finding.Thread.Address is not null);

    /// <summary>For example <c>UserRequest 3.2 s</c> or <c>WrUserRequest 0:12:34</c>; empty when the thread does not wait.</summary>
    public static string WaitText(KernelState? kernel)
    {
        if (kernel?.WaitReason is not { } reason)
            return "";
        return kernel.WaitTime is { } time ? $"{reason} {TimeText(time)}" : reason;
    }

    /// <summary>Says below a row why it names no routine: the kernel counts the callbacks even where nothing of them can be seen.</summary>
    public static IEnumerable<Line> Note(ThreadFinding finding)
    {
        if (finding is { Depth: > 0, Callbacks.IsEmpty: true, Thread.Address: not null })
            yield return Line.Of(Fold.Middle($"{Page.Indent}{finding.Reason}", Page.KernelWidth));
    }

    private static string TimeText(TimeSpan time) => time < LongWait
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}");

    private static Run Address(ThreadGroup group) => group.First.Thread is { Address: { } address } thread
        ? new Run(address.ToString("x16", CultureInfo.InvariantCulture), Emphasis.Normal, ThreadColumns.LinkTo(thread))
        : new Run("");

    private static Run Ids(ThreadGroup group) => group.First.Thread.SystemId is null ? new Run("") : ThreadColumns.NameOf(group.First.Thread);

    private static Run ProcessName(ThreadGroup group) => new(group.First.Thread.Process?.Name ?? "");

    private static Run Wait(ThreadGroup group) => new(WaitText(group.First.Kernel));

    private static Run Function(ThreadGroup group) => group.First.KernelFunction is { } symbol
        ? new Run(SymbolName.FunctionOf(symbol), Emphasis.Normal, Link.ToFunction(symbol))
        : new Run("");
}
