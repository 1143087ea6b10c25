using System.Runtime.InteropServices;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Rows;

/// <summary>
/// Rows of threads that are in no callback, wait for nobody known and hold up nobody: of these a process may have thousands that show the
/// same, and the cells of one serve for all.
/// </summary>
internal sealed class QuietRows
{
    private readonly Dictionary<Key, ThreadRow> _rows = [];

    /// <summary>The row of a thread.</summary>
    public ThreadRow Of(HangThread thread, HangResult result, ReportSource source)
    {
        if (Key.Of(thread) is not { } key)
            return ThreadRow.Of(thread, result, source);
        ref ThreadRow? row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out bool isKnown);
        if (!isKnown)
            row = ThreadRow.Of(thread, result, source);
        return isKnown ? row!.For(thread) : row!;
    }

    /// <summary>All that the cells of such a thread are made of.</summary>
    private sealed record Key(
        Verdict Verdict, Confidence Confidence, string? Function, ThreadActivity Activity, bool? HasWindows, string? StandsIn, WaitKind? Wait, WaitedObject? Object, TimeSpan? Timeout, bool IsBroadcast)
    {
        public static Key? Of(HangThread thread)
        {
            if (thread.Finding is not { Depth: 0, Callbacks.IsEmpty: true } || thread.HoldsUp > 0 || thread.Waits is { Waits.Length: > 1 })
                return null;
            Wait? wait = thread.Waits is { Waits: [var only] } ? only : null;
            return wait is null or { Owners.IsEmpty: true, Candidates.IsEmpty: true, Access: null }
                ? new Key(
                    thread.Finding.Verdict, thread.Finding.Confidence, thread.Finding.ProgramFunction, thread.Activity, thread.HasWindows, thread.StandsIn,
                    wait?.Kind, wait?.Object, thread.Waits?.Timeout, wait?.IsBroadcast == true)
                : null;
        }
    }
}
