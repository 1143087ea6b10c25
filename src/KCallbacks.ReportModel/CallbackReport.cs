namespace KCallbacks.ReportModel;

/// <summary>A report as <c>!kcallbacks -json</c> and <c>kcallbacks analyze --json</c> write it. What each field means is in docs/json.md.</summary>
public sealed record CallbackReport
{
    /// <summary>The version of the shape that is read.</summary>
    public const int KnownSchema = 1;

    /// <summary>Version of the shape.</summary>
    public int Schema { get; init; }

    /// <summary>What wrote it.</summary>
    public ReportedTool Tool { get; init; } = new();

    /// <summary>What was read.</summary>
    public ReportedSource Source { get; init; } = new();

    /// <summary>What the dump says of itself; null where the source is none.</summary>
    public ReportedCapture? Capture { get; init; }

    /// <summary>The threads, in the source's order.</summary>
    public IReadOnlyList<ReportedThread> Threads { get; init; } = [];

    /// <summary>The threads, counted.</summary>
    public ReportedSummary Summary { get; init; } = new();

    /// <summary>False when threads are missing.</summary>
    public bool Complete { get; init; }

    /// <summary>What went wrong, and where witnesses contradict each other.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Threads that filters left out; null where there are none.</summary>
    public int? LeftOut { get; init; }

    /// <summary>Processes of a kernel session that were not asked for and have threads that wait inside callbacks.</summary>
    public IReadOnlyList<ReportedBlockedProcess> AlsoBlocked { get; init; } = [];

    /// <summary>What hangs; null with <see cref="Error"/>.</summary>
    public ReportedResult? Result { get; init; }

    /// <summary>What keeps threads from going on, the worst first.</summary>
    public IReadOnlyList<ReportedFinding> Findings { get; init; } = [];

    /// <summary>Who waits for whom.</summary>
    public IReadOnlyList<ReportedEdge> Waits { get; init; } = [];

    /// <summary>Circles of waits.</summary>
    public IReadOnlyList<ReportedDeadlock> Deadlocks { get; init; } = [];

    /// <summary>Threads that hold up others and wait for no thread that is known.</summary>
    public IReadOnlyList<ReportedHead> Heads { get; init; } = [];

    /// <summary>Where the time went, with <c>-stats</c>.</summary>
    public string? Statistics { get; init; }

    /// <summary>Why there is no report; null when there is one.</summary>
    public string? Error { get; init; }

    /// <summary><c>ok</c>, <c>partial</c>, <c>unreadable</c> or <c>unsupported</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The thread at a position; null when the report does not list it.</summary>
    /// <param name="position">As findings, waits and owners name threads.</param>
    public ReportedThread? ThreadAt(int position) => Threads.FirstOrDefault(thread => thread.Position == position);
}
