using KCallbacks.Extension.Command;
using KCallbacks.Scanning;

namespace KCallbacks.Extension.Scans;

/// <summary>What a scan of a session is for: the command makes one of its options, a query one of its own.</summary>
/// <param name="Options">How the session is scanned, as the user says.</param>
/// <param name="Threads">Which threads, and what is kept of them.</param>
internal sealed record SessionRequest(ScanOptions Options, ScanRequest Threads)
{
    /// <summary>
    /// Whether the stacks of the threads of findings are shown, also of those in no callback. Which these are is known after the scan; walking
    /// all others for it takes ten times as long as everything else.
    /// </summary>
    public bool ShowsStacks { get; init; }

    /// <summary>Whether everything that the process is asked is remembered for a recording.</summary>
    public bool Records => Threads.KeepStacks;
}
