using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Phrases;

/// <summary>Who must let go, in the words of the table: <c>-></c> is certain, <c>~></c> likely, <c>-> ?</c> not known.</summary>
internal static class OwnerPhrases
{
    /// <summary>The cell of a thread.</summary>
    /// <param name="state">The thread.</param>
    /// <param name="result">Names the others.</param>
    /// <param name="source">Where they were captured.</param>
    public static string Of(HangThread state, HangResult result, ReportSource source)
    {
        Wait[] owned = [.. (state.Waits?.Waits ?? []).Where(wait => !wait.Owners.IsEmpty)];
        if (owned.Length > 0 && state.Activity != ThreadActivity.Returning)
            return Owners(state, owned, result);
        if (state.HoldsUp > 0)
            return string.Create(CultureInfo.InvariantCulture, $"holds up {state.HoldsUp}");
        return state is { Activity: ThreadActivity.Waits, WaitsForWork: false, Waits: { } waits } && WhyUnknown(waits) is { } why ? $"-> ? {Text(why, source)}" : "";
    }

    /// <summary>Why nobody is named of whom a thread waits for; null where nobody has to be.</summary>
    public static OwnerUnknown? WhyUnknown(ThreadWaits waits)
    {
        foreach (Wait wait in waits.Waits)
        {
            if (wait.Owners.IsEmpty && WhyUnknown(wait) is { } why)
                return why;
        }

        return null;
    }

    /// <summary>The same of one wait.</summary>
    public static OwnerUnknown? WhyUnknown(Wait wait) => wait switch
    {
        { Owners.IsEmpty: false } => null,
        { Candidates.IsEmpty: false } => OwnerUnknown.Ambiguous,
        { IsBroadcast: true } => OwnerUnknown.NotRecorded,
        { Kind: WaitKind.Input or WaitKind.Sleep or WaitKind.Work or WaitKind.InputOutput or WaitKind.Timer or WaitKind.Process } => null,
        { Kind: WaitKind.Event or WaitKind.Semaphore or WaitKind.SlimLock or WaitKind.ConditionVariable or WaitKind.Call } => OwnerUnknown.NotRecorded,
        { Kind: WaitKind.Address or WaitKind.KeyedEvent, Object.Address: not null } => OwnerUnknown.NotRecorded,
        { Kind: WaitKind.Mutex or WaitKind.Thread, Object.Handle: not null } => OwnerUnknown.Special,
        { Kind: WaitKind.CriticalSection or WaitKind.LoaderLock, Object.Address: not null } => OwnerUnknown.Special,
        _ => OwnerUnknown.NotCaptured,
    };

    /// <summary>The words of the table.</summary>
    public static string Text(OwnerUnknown why, ReportSource source) => why switch
    {
        OwnerUnknown.NotRecorded => "not recorded",
        OwnerUnknown.Special => "-v says why",
        OwnerUnknown.Ambiguous => "ambiguous",
        _ when source.Kind is SourceKind.Text or SourceKind.Recording => "not in text",
        _ when source.Kind == SourceKind.Dump || source.Path is not null => "not in dump",
        _ => "not known",
    };

    private static string Owners(HangThread state, Wait[] waits, HangResult result)
    {
        bool isCertain = waits.All(wait => wait.Proof == WaitProof.Certain);
        IEnumerable<string> names = waits.SelectMany(wait => wait.Owners.Select(owner => Name(owner, state, wait, result))).Distinct();
        return $"{(isCertain ? "->" : "~>")} {string.Join(' ', names)}";
    }

    private static string Name(WaitOwner owner, HangThread state, Wait wait, HangResult result)
    {
        string name = ThreadName.Of(owner, result);
        return owner switch
        {
            { Position: { } position } when position == state.Position => $"{name} (itself)",
            { Position: null, ProcessId: null } when wait.Kind is WaitKind.CriticalSection or WaitKind.LoaderLock => $"{name} (gone)",
            { Position: null, ProcessId: null } => $"{name} (not here)",
            { Position: null, ProcessName: { Length: > 0 } program } => $"{name} {program}",
            _ => name,
        };
    }
}

/// <summary>Why nobody is named.</summary>
internal enum OwnerUnknown
{
    /// <summary>Objects of this kind have no owner.</summary>
    NotRecorded,

    /// <summary>A fuller capture would tell.</summary>
    NotCaptured,

    /// <summary>The evidence fits more than one thread.</summary>
    Ambiguous,

    /// <summary>The object is known, and the reason is its own: it changes hands, was abandoned, or does not fit.</summary>
    Special,
}
