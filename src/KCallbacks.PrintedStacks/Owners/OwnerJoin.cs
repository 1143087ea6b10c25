using System.Collections.Immutable;
using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Joins waiting threads with the owners that the text names, by address, handle and thread id. What fits two, or contradicts itself, names nobody.</summary>
internal sealed class OwnerJoin
{
    private readonly ImmutableArray<PrintedThread> _threads;
    private readonly ThreadNames _names;
    private readonly LockListing _locks;
    private readonly PrintedWindows _windows;
    private readonly ILookup<int, NotedWait> _noted;

    public OwnerJoin(OwnerLedger ledger, ImmutableArray<PrintedThread> threads)
    {
        _threads = threads;
        _names = new ThreadNames(threads, ledger);
        _locks = new LockListing(ledger, threads, _names);
        _windows = new PrintedWindows(threads);
        _noted = ledger.Waits
            .Select(wait => (_names.Find(wait.Scope, wait.Waiter).Position, wait.Wait))
            .Where(wait => wait.Position is not null)
            .ToLookup(wait => wait.Position!.Value, wait => wait.Wait);
    }

    /// <summary>What each thread waits for, in the order of the text.</summary>
    public ImmutableArray<ThreadWaits> Join() => [.. _threads.Select(Of)];

    private ThreadWaits Of(PrintedThread thread)
    {
        NotedWait[] noted = Telling([.. _noted[thread.Position], .. thread.Notes.Waits]);
        if (_locks.NamedWaiter(thread) is { } listed)
            return thread.Waits with { Waits = [OfListed(thread, listed, WaitProof.Certain, $"{listed.Evidence} names it as waiting")], Timeout = TimeOf(thread) };
        if (noted.Length > 0)
            return OfNoted(thread, noted);
        return thread.Waits.Waits is [{ } only] ? thread.Waits with { Waits = [Complete(thread, only)] } : thread.Waits;
    }

    /// <summary>Who waits for a lock of the kernel or for a server waits for an event or semaphore in it; a line that names the owner says more.</summary>
    private static NotedWait[] Telling(NotedWait[] noted)
    {
        NotedWait[] locks = [.. noted.Where(wait => wait is { Kind: WaitKind.Resource or WaitKind.FastMutex or WaitKind.Monitor or WaitKind.Call, Owners.IsEmpty: false })];
        return locks.Length > 0 ? locks : noted;
    }

    private ThreadWaits OfNoted(PrintedThread thread, NotedWait[] noted)
    {
        ImmutableArray<Wait> waits = [.. noted.Select(wait => OfNoted(thread, wait)).DistinctBy(wait => (wait.Kind, wait.Object, wait.Owners.FirstOrDefault()))];
        return thread.Waits with
        {
            // Lines that tell the same in other words are one wait; a list of several objects does not tell whether one of them is enough.
            Waits = waits,
            Mode = waits.Length > 1 ? WaitMode.NotKnown : WaitMode.All,
            Timeout = TimeOf(thread),
        };
    }

    private static TimeSpan? TimeOf(PrintedThread thread) => thread.KernelAddress is not null && thread.Notes.Waits.Count > 0 && !thread.Notes.HasTimeout
        ? Timeout.InfiniteTimeSpan
        : thread.Waits.Timeout;

    private Wait OfNoted(PrintedThread thread, NotedWait noted)
    {
        if (noted.Owners.IsEmpty && noted.Address is { } address && _locks.At(thread.Notes.Scope, address) is [{ } listed])
            return OfListed(thread, listed, WaitProof.Certain, noted.Evidence);
        if (noted.Owners.IsEmpty && noted.Handle is { } handle && _locks.OfHandle(thread.Notes.Scope, handle) is { } info)
            return OfListed(thread, info, WaitProof.Certain, noted.Evidence);
        var wait = new Wait
        {
            Kind = noted.Kind,
            Object = new WaitedObject(noted.Address, noted.Handle, noted.Name),
            NoOwner = noted.Owners.IsEmpty ? noted.NoOwner ?? "its owner is not printed" : null,
            State = thread.Notes.HasTimeout ? "the wait has a time-out" : null,
            Evidence = [noted.Evidence],
        };
        return Owned(thread, wait, noted.Owners, thread.Notes.Scope, noted.IsHearsay ? WaitProof.Likely : WaitProof.Certain);
    }

    private Wait Complete(PrintedThread thread, Wait wait) => wait switch
    {
        { Kind: WaitKind.CriticalSection or WaitKind.Monitor or WaitKind.Resource or WaitKind.FastMutex } => OfLock(thread, wait),
        { Kind: WaitKind.KernelObject, Object.Handle: { } handle } => OfHandle(thread, wait, handle),
        { Kind: WaitKind.WindowMessage, Object.Handle: { } window } => OfWindow(thread, wait, window),
        _ => wait,
    };

    private Wait OfLock(PrintedThread thread, Wait wait)
    {
        if (_locks.ByArguments(thread, wait.Kind) is { } found)
        {
            return found.Listed is { } listed
                ? OfListed(thread, listed, found.Proof, found.Evidence)
                : wait with { Object = new WaitedObject(found.Address), NoOwner = "the text does not name its owner", Evidence = [found.Evidence] };
        }

        return _locks.OnlyContended(thread, wait.Kind) is { } only
            ? OfListed(thread, only, WaitProof.Likely, "the only such lock that is listed with waiting threads, as many as the text shows")
            : wait with { NoOwner = wait.Kind == WaitKind.CriticalSection ? "its address is not printed" : wait.NoOwner };
    }

    private Wait OfHandle(PrintedThread thread, Wait wait, ulong handle)
    {
        if (!LockListing.FramesAgree(thread, handle))
            return wait with { Object = new WaitedObject(), NoOwner = "the frames show different handles", Evidence = [] };
        return _locks.OfHandle(thread.Notes.Scope, handle) is { } info ? OfListed(thread, info, WaitProof.Certain, wait.Evidence[0]) : wait;
    }

    private Wait OfWindow(PrintedThread thread, Wait wait, ulong window)
    {
        if (_windows.OwnerOf(thread.Notes.Scope, window) is not { } owner || owner.Position == thread.Position)
            return wait;
        return wait with
        {
            Owners = [ThreadNames.OwnerOf(owner.Thread)],
            NoOwner = null,
            Proof = WaitProof.Likely,
            IsBeingHandled = wait.Object.Name is not null && owner.Messages.Contains(wait.Object.Name),
            Evidence = wait.Evidence.Add("the frames of one thread show that it runs the window's procedure"),
        };
    }

    private Wait OfListed(PrintedThread thread, ListedLock listed, WaitProof proof, string evidence)
    {
        var wait = new Wait
        {
            Kind = listed.Kind,
            Object = new WaitedObject(listed.Address, listed.Handle, listed.Name, listed.Symbol),
            State = listed.State,
            Evidence = [evidence],
        };
        if (_locks.ReasonForNoOwner(listed) is { } reason)
            return wait with { NoOwner = reason };
        return Owned(thread, wait with { Evidence = wait.Evidence.Add($"{listed.Evidence} names its owner") }, [.. listed.Owners], listed.Scope, proof);
    }

    /// <summary>The wait with its owners. An owner that two threads may be is not named, and neither is one that would wait for itself where that cannot be.</summary>
    private Wait Owned(PrintedThread thread, Wait wait, ImmutableArray<ThreadName> names, Scope scope, WaitProof proof)
    {
        if (names.IsEmpty)
            return wait;
        var owners = ImmutableArray.CreateBuilder<WaitOwner>();
        foreach (ThreadName name in names.Distinct())
        {
            FoundThread found = _names.Find(scope, name);
            if (found.Problem is { } problem)
                return wait with { Owners = [], Candidates = found.Candidates, NoOwner = problem, Proof = WaitProof.Unknown };
            bool isItself = found.Position == thread.Position;
            if (isItself && wait.Kind is WaitKind.CriticalSection or WaitKind.Mutex or WaitKind.Monitor)
                return wait with { Owners = [], NoOwner = "named as the waiting thread's own, which would not have to wait for it", Proof = WaitProof.Unknown };
            if (found.Owner is { } owner && !owners.Contains(owner))
                owners.Add(owner);
            if (found.Position is null)
                (proof, wait) = (WaitProof.Likely, wait with { State = $"{name} is not among the threads of the text: of another process, gone, or not printed" });
        }

        return wait with { Owners = owners.DrainToImmutable(), NoOwner = null, Proof = proof };
    }
}
