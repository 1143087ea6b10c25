using System.Collections.Immutable;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The locks that a text lists, by address and handle, and which of them a thread waits for.</summary>
internal sealed class LockListing
{
    private const string Contradicts = "the text names different owners";

    private readonly OwnerLedger _ledger;
    private readonly Dictionary<(object Scope, ulong Address), List<ListedLock>> _byAddress = [];
    private readonly Dictionary<(Scope Scope, ulong Handle), List<ListedLock>> _byHandle = [];
    private readonly Dictionary<int, List<ListedLock>> _byWaiter = [];
    private readonly Lazy<Dictionary<(Scope Scope, WaitKind Kind), int>> _waiting;
    private readonly ILookup<(Scope Scope, WaitKind Kind), ListedLock> _contended;

    public LockListing(OwnerLedger ledger, ImmutableArray<PrintedThread> threads, ThreadNames names)
    {
        _ledger = ledger;
        _waiting = new(() => threads.Where(thread => thread.Waits.Waits.Length == 1)
            .GroupBy(thread => (thread.Notes.Scope, thread.Waits.Waits[0].Kind))
            .ToDictionary(group => group.Key, group => group.Count()));
        foreach (ListedLock listed in ledger.Locks)
            Add(listed, names);
        _contended = ledger.Locks.Where(listed => listed.WaiterCount > 0).ToLookup(listed => (listed.Scope, listed.Kind));
    }

    /// <summary>The lock for which listings name a thread as waiting; null when none or several do.</summary>
    public ListedLock? NamedWaiter(PrintedThread thread)
    {
        if (!_byWaiter.TryGetValue(thread.Position, out List<ListedLock>? locks) || Agreed(locks) is not { } waited)
            return null;

        // A line that names the waiting thread alone leads to the one that names the owner.
        return waited.Address is { } address && At(waited.Scope, address) is [{ } listed] ? listed : waited;
    }

    /// <summary>What is listed at an address, as one; empty when nothing is.</summary>
    public ImmutableArray<ListedLock> At(Scope scope, ulong address)
    {
        List<ListedLock> locks = [.. _byAddress.GetValueOrDefault((scope, address)) ?? [], .. _byAddress.GetValueOrDefault((scope.Session, address)) ?? []];
        return Agreed(locks) is { } listed ? [listed] : [];
    }

    /// <summary>What is listed of a handle; null when nothing is.</summary>
    public ListedLock? OfHandle(Scope scope, ulong handle) => _byHandle.TryGetValue((scope, handle), out List<ListedLock>? locks) ? Agreed(locks) : null;

    /// <summary>Why the owner of a lock is not named; null when it can be.</summary>
    public string? ReasonForNoOwner(ListedLock listed)
    {
        if (listed.Doubt is { } doubt)
            return doubt;
        if (_ledger.IsDoubted(listed))
            return "its debug information does not point back at it, so what is listed there is no owner";
        if (listed.Owners.Count > 0 && listed.IsHeld != false && !(listed.Kind == WaitKind.CriticalSection && listed.IsHeld is null))
            return null;
        return listed.Kind switch
        {
            WaitKind.CriticalSection or WaitKind.Mutex when listed.IsHeld == false => "free: it is just being handed over",
            WaitKind.Event => "whoever sets an event is not recorded",
            WaitKind.Semaphore => "whoever releases a semaphore is not recorded",
            WaitKind.Timer => "time ends it",
            WaitKind.Process => listed.State ?? "until the process ends",
            _ => "its owner is not listed",
        };
    }

    /// <summary>The lock whose address is an argument of the frames that enter it; null when the arguments tell none, or several.</summary>
    public FoundLock? ByArguments(PrintedThread thread, WaitKind kind)
    {
        if (kind != WaitKind.CriticalSection)
            return null;
        FoundLock? found = null;
        foreach (FrameArguments frame in thread.Notes.Arguments)
        {
            if (LockFunctions.OfName(FunctionName.Of(frame.Frame.Function)) != LockFunction.CriticalSection)
                continue;
            foreach (FoundLock candidate in CandidatesOf(thread, frame))
            {
                if (found is { } other && other.Address != candidate.Address)
                    return null;
                found = found is null || candidate.Proof > found.Value.Proof ? candidate : found;
            }
        }

        return found;
    }

    /// <summary>
    /// The lock that all waiting threads of a process wait for, because it is the only one listed with waiting threads, and with as many;
    /// null where that cannot be said.
    /// </summary>
    public ListedLock? OnlyContended(PrintedThread thread, WaitKind kind)
    {
        var key = (thread.Notes.Scope, kind);
        if (Agreed([.. _contended[key]]) is not { } only || only.WaiterCount != _waiting.Value.GetValueOrDefault(key))
            return null;
        return only;
    }

    /// <summary>Whether no other frame that is called with the handle shows another one.</summary>
    public static bool FramesAgree(PrintedThread thread, ulong handle) => thread.Notes.Arguments
        .Where(frame => frame.Is32Bit && LockFunctions.IsWaitForObject(FunctionName.Of(frame.Frame.Function)))
        .All(frame => frame.Values[0] == handle);

    /// <summary>On x86 the argument of the function that programs call is the section; elsewhere a word counts only where a section is listed there.</summary>
    private IEnumerable<FoundLock> CandidatesOf(PrintedThread thread, FrameArguments frame)
    {
        bool isArgument = frame.Is32Bit && FunctionName.Of(frame.Frame.Function).Is(LockFunctions.EnterCriticalSection);
        IEnumerable<ulong> words = isArgument ? frame.Values.Take(1) : frame.Values;
        foreach (ulong word in words)
        {
            ImmutableArray<ListedLock> at = At(thread.Notes.Scope, word);
            if (at is [{ Kind: WaitKind.CriticalSection } listed])
                yield return new FoundLock(word, listed, frame.Is32Bit ? WaitProof.Certain : WaitProof.Likely, $"an argument printed with {FunctionName.Of(frame.Frame.Function).Word}");
            else if (isArgument)
                yield return new FoundLock(word, null, WaitProof.Unknown, $"an argument printed with {FunctionName.Of(frame.Frame.Function).Word}");
        }
    }

    /// <summary>Several listings of one lock as one: what any of them says, as long as they name the same owner.</summary>
    private static ListedLock? Agreed(List<ListedLock> locks)
    {
        if (locks is [] || locks.Any(listed => listed.Address != locks[0].Address || listed.Handle != locks[0].Handle || Differ(listed.Kind, locks[0].Kind)))
            return null;
        if (locks is [{ } only])
            return only;

        var agreed = new ListedLock(locks.Find(listed => listed.Kind != WaitKind.Unknown)?.Kind ?? WaitKind.Unknown, locks[0].Scope, locks[^1].Evidence) { Address = locks[0].Address, Handle = locks[0].Handle };
        foreach (ListedLock listed in locks)
        {
            agreed.Symbol ??= listed.Symbol;
            agreed.Name ??= listed.Name;
            agreed.State ??= listed.State;
            agreed.Doubt ??= listed.Doubt;
            agreed.IsHeld ??= listed.IsHeld;
            agreed.WaiterCount ??= listed.WaiterCount;
            if (agreed.Owners.Count > 0 && listed.Owners.Count > 0 && !agreed.Owners.Intersect(listed.Owners).Any() && !AreOfOtherKinds(agreed, listed))
                agreed.Doubt ??= Contradicts;
            else if (agreed.Owners.Count == 0)
                agreed.Owners.AddRange(listed.Owners);
            if (listed.IsHeld is { } held && held != agreed.IsHeld)
                agreed.Doubt ??= Contradicts;
        }

        return agreed;
    }

    /// <summary>A system id and a debugger's number may be the same thread.</summary>
    private static bool AreOfOtherKinds(ListedLock left, ListedLock right) => left.Owners[0].Kind != right.Owners[0].Kind;

    private static bool Differ(WaitKind left, WaitKind right) => left != right && left != WaitKind.Unknown && right != WaitKind.Unknown;

    private void Add(ListedLock listed, ThreadNames names)
    {
        if (listed.Address is { } address)
            Add(_byAddress, (listed.IsOfKernel ? listed.Scope.Session : (object)listed.Scope, address), listed);
        if (listed.Handle is { } handle)
            Add(_byHandle, (listed.Scope, handle), listed);
        foreach (ThreadName waiter in listed.Waiters)
        {
            if (names.Find(listed.Scope, waiter).Position is { } position)
                Add(_byWaiter, position, listed);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<ListedLock>> locks, TKey key, ListedLock listed)
        where TKey : notnull
    {
        if (!locks.TryGetValue(key, out List<ListedLock>? at))
            locks[key] = at = [];
        at.Add(listed);
    }
}

/// <summary>A lock that a thread's frames show.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Listed">What the text lists there; null when nothing.</param>
/// <param name="Proof">How sure it is.</param>
/// <param name="Evidence">What shows it, in words.</param>
internal readonly record struct FoundLock(ulong Address, ListedLock? Listed, WaitProof Proof, string Evidence);
