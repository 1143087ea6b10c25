using System.Collections.Immutable;

namespace KCallbacks.Detection.Verdicts;

/// <summary>
/// Both halves of a WoW64 thread. One callback stands in both, so their depths are never added: the 64-bit half has the full nesting
/// and the system calls, the 32-bit half the routines by the names of user32 and what the thread waits in.
/// </summary>
internal static class Wow64Halves
{
    /// <summary>The finding on the whole thread.</summary>
    /// <param name="native">The finding on the 64-bit half.</param>
    /// <param name="emulated">The finding on the 32-bit half.</param>
    public static ThreadFinding Join(ThreadFinding native, ThreadFinding emulated)
    {
        if (native.Verdict == Verdict.Unknown)
            return emulated;
        if (emulated.Verdict == Verdict.Unknown)
            return native;

        ThreadFinding joined = native with
        {
            Verdict = emulated.Verdict == Verdict.AtReturn && native.Depth > 0 ? Verdict.AtReturn : native.Verdict,
            BlockedIn = emulated.BlockedIn ?? native.BlockedIn,
            Callbacks = native.Depth == emulated.Depth ? Names(native, emulated) : native.Callbacks,
            Disagreements = native.Disagreements.AddRange(emulated.Disagreements),
        };
        return native.Depth == emulated.Depth || (emulated.DepthIsMinimum && emulated.Depth < native.Depth)
            ? joined
            : joined with { Disagreements = joined.Disagreements.Add($"the 64-bit half shows {native.Depth} callbacks, the 32-bit half {emulated.Depth}") };
    }

    private static ImmutableArray<Callback> Names(ThreadFinding native, ThreadFinding emulated) =>
    [
        .. native.Callbacks.Zip(emulated.Callbacks, (outer, inner) => outer with
        {
            Routine = inner.Routine ?? outer.Routine,
            Entry = outer.Entry ?? inner.Entry,
            ApiNumber = outer.ApiNumber ?? inner.ApiNumber,
            Message = inner.Message ?? outer.Message,
            Handler = inner.Handler ?? outer.Handler,
        }),
    ];
}
