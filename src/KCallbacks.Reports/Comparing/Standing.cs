using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Comparing;

/// <summary>
/// Where a thread stands in two captures: what is equal in both has not gone on. Captures of different kinds know different things of one
/// thread; what only one of them knows speaks neither for nor against.
/// </summary>
/// <param name="Before">The thread in the first capture.</param>
/// <param name="First">The first capture.</param>
/// <param name="After">The thread in the second.</param>
/// <param name="Second">The second capture.</param>
internal sealed record Standing(HangThread Before, Report First, HangThread After, Report Second)
{
    /// <summary>Whether a thread has a place in a comparison: it is in a callback, or does not go on.</summary>
    public static bool IsOfInterest(HangThread thread) => thread.Finding.Depth > 0 || thread.IsBlocked || thread.HoldsUp > 0;

    /// <summary>Whether it still waits where it waited.</summary>
    /// <param name="between">The time between the captures; null when not known. What ends by itself before the second was another wait.</param>
    public Change Compare(TimeSpan? between)
    {
        if (!Before.IsBlocked || !After.IsBlocked || !IsSamePlace() || EndsWithin(between) || IsSameWait() is not { } isSame)
            return Change.Moved;
        bool? callbacks = AreSameCallbacks();
        return callbacks switch
        {
            false => Change.Moved,
            true when isSame => Change.Same,
            true when Before.Finding.Depth > 0 => Change.LikelySame,
            null when isSame => Change.LikelySame,
            _ => Change.Unknown,
        };
    }

    /// <summary>The instruction tells, else the function: the same one has two names in two captures of different kinds.</summary>
    private bool IsSamePlace() => (Before.Finding.InstructionPointer, After.Finding.InstructionPointer) is (not 0, not 0) and var (then, now)
        ? then == now
        : AreSame(SymbolName.WithOneSpelling(Before.StandsIn), SymbolName.WithOneSpelling(After.StandsIn)) ?? true;

    private bool EndsWithin(TimeSpan? between) => After.Waits is { EndsByTime: true, Timeout: { } timeout } && between is { } time && timeout <= time;

    /// <summary>Null when they cannot be told apart for want of their places on the stack.</summary>
    private bool? AreSameCallbacks()
    {
        if (Before.Finding.Depth != After.Finding.Depth || Before.Finding.Callbacks.Length != After.Finding.Callbacks.Length)
            return false;
        bool? all = true;
        foreach ((Callback then, Callback now) in Before.Finding.Callbacks.Zip(After.Finding.Callbacks))
        {
            if (!IsSameInput(then.Message, now.Message))
                return false;
            bool? isSame = AreSame(PlaceOf(then, Before, First), PlaceOf(now, After, Second));
            if (isSame == false || (isSame is null && AreSame(then.Routine, now.Routine) == false))
                return false;
            all = isSame is null ? null : all;
        }

        return all;
    }

    private static bool IsSameInput(WindowMessage? then, WindowMessage? now) => then is null || now is null
        || (then.Number == now.Number && AreSame(then.WParam, now.WParam) != false && AreSame(then.LParam, now.LParam) != false);

    /// <summary>
    /// False where it is not known whether the objects are the same, null where they are not: every wait for an object stands at the same
    /// instruction, so only the object tells one wait from another.
    /// </summary>
    private bool? IsSameWait()
    {
        if (Before.Waits is not { } then || After.Waits is not { } now)
            return false;
        if (!then.Waits.All(IsKnown) || !now.Waits.All(IsKnown))
            return false;
        if (then.Waits.Length != now.Waits.Length)
            return null;
        bool all = true;
        foreach ((Wait first, Wait second) in then.Waits.Zip(now.Waits))
        {
            if (first.Kind != second.Kind || IsSameObject(first, second) is not { } isSame)
                return null;
            all &= isSame;
        }

        return all;
    }

    /// <summary>Null for two objects, false where nothing that both captures know of them can be compared.</summary>
    private static bool? IsSameObject(Wait then, Wait now)
    {
        bool?[] traits =
        [
            AreSame(then.Object.Address, now.Object.Address),
            AreSame(then.Object.Handle, now.Object.Handle),
            AreSame(then.Object.Name, now.Object.Name),
            then.Owners.IsEmpty || now.Owners.IsEmpty ? null : then.Owners.Select(owner => owner.SystemId).SequenceEqual(now.Owners.Select(owner => owner.SystemId)),
        ];
        return traits.Contains(false) ? null : traits.Contains(true);
    }

    private static bool IsKnown(Wait wait) =>
        wait.Object.Address is not null || wait.Object.Handle is not null || wait.Object.Name is not null || !wait.Owners.IsEmpty;

    /// <summary>Where the callback lies on the stack: by memory, else as the frame was printed.</summary>
    private static ulong? PlaceOf(Callback callback, HangThread thread, Report report) => callback.Address
        ?? (callback.Frame is { } frame && report.Stacks.TryGetValue(thread.Position, out ThreadStack? stack) && frame < stack.Frames.Length && stack.Frames[frame].StackPointer is not 0 and var pointer ? pointer : null);

    /// <summary>Null where one of them is not known.</summary>
    private static bool? AreSame<T>(T? then, T? now)
        where T : struct, IEquatable<T> => then is { } first && now is { } second ? first.Equals(second) : null;

    private static bool? AreSame(string? then, string? now) => then is null || now is null ? null : string.Equals(then, now, StringComparison.Ordinal);
}
