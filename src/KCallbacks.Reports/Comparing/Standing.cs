using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Comparing;

/// <summary>Where a thread stands, as far as two captures of it can be compared: what is equal in both has not gone on.</summary>
/// <param name="Callbacks">Address and input of each callback, innermost first.</param>
/// <param name="Wait">The objects it waits for and who must let go of them; empty when it waits for nothing that is known.</param>
internal sealed record Standing(string Callbacks, string Wait)
{
    /// <summary>Where a thread of a report stands.</summary>
    public static Standing Of(HangThread thread, Report report) => new(
        string.Join(' ', thread.Finding.Callbacks.Select(callback => TextOf(callback, PlaceOf(callback, thread, report)))),
        thread.Waits is { } waits ? string.Join(' ', waits.Waits.Select(wait => TextOf(wait, thread))) : "");

    /// <summary>Whether a thread has a place in a comparison: it is in a callback, or does not go on.</summary>
    public static bool IsOfInterest(HangThread thread) => thread.Finding.Depth > 0 || thread.IsBlocked || thread.HoldsUp > 0;

    /// <summary>Whether a thread that waits in two captures still waits where it waited. What ends by itself before the second was another wait.</summary>
    /// <param name="before">The thread in the first capture.</param>
    /// <param name="first">The first capture.</param>
    /// <param name="after">The thread in the second.</param>
    /// <param name="second">The second capture.</param>
    /// <param name="between">The time between them; null when not known.</param>
    public static Change Compare(HangThread before, Report first, HangThread after, Report second, TimeSpan? between)
    {
        bool isSame = before.IsBlocked && after.IsBlocked && Of(before, first) == Of(after, second) && before.StandsIn == after.StandsIn;
        if (!isSame || (after.Waits is { EndsByTime: true, Timeout: { } timeout } && between is { } time && timeout <= time))
            return Change.Moved;
        return IsKnown(after) ? Change.Same : after.Finding.Callbacks.Any(callback => PlaceOf(callback, after, second) is not null) ? Change.LikelySame : Change.Unknown;
    }

    /// <summary>Every wait for an object stands at the same instruction; only the object tells one from another.</summary>
    private static bool IsKnown(HangThread thread) => thread.Waits is { Waits.IsEmpty: false } waits && waits.Waits.All(wait =>
        wait.Object.Address is not null || wait.Object.Handle is not null || wait.Object.Name is not null || !wait.Owners.IsEmpty);

    /// <summary>Where the callback lies on the stack: by memory, else as the frame was printed.</summary>
    private static ulong? PlaceOf(Callback callback, HangThread thread, Report report) => callback.Address
        ?? (callback.Frame is { } frame && report.Stacks.TryGetValue(thread.Position, out ThreadStack? stack) && frame < stack.Frames.Length && stack.Frames[frame].StackPointer is not 0 and var pointer ? pointer : null);

    private static string TextOf(Callback callback, ulong? place) =>
        FormattableString.Invariant($"{place:x} {callback.Routine} {callback.Message?.Number:x} {callback.Message?.WParam:x} {callback.Message?.LParam:x}");

    private static string TextOf(Wait wait, HangThread thread) => FormattableString.Invariant(
        $"{wait.Kind} {wait.Object.Address:x} {wait.Object.Handle:x} {wait.Object.Name} {string.Join(',', wait.Owners.Select(owner => owner.SystemId))} {thread.Finding.InstructionPointer:x}");
}
