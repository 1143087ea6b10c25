using System.Collections.Immutable;
using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The threads of a text by the ids that lines use.</summary>
internal sealed class ThreadNames
{
    private readonly Dictionary<int, PrintedThread> _byPosition;
    private readonly Dictionary<(object Scope, ThreadIdKind Kind, ulong Id), List<PrintedThread>> _byName = [];
    private readonly OwnerLedger _ledger;

    public ThreadNames(ImmutableArray<PrintedThread> threads, OwnerLedger ledger)
    {
        _ledger = ledger;
        _byPosition = threads.ToDictionary(thread => thread.Position);
        foreach (PrintedThread thread in threads)
        {
            Add(thread.Notes.Scope, ThreadIdKind.System, thread.Waits.Thread.SystemId, thread);
            Add(thread.Notes.Scope, ThreadIdKind.Engine, thread.Waits.Thread.EngineId, thread);
            Add(thread.Notes.Scope.Session, ThreadIdKind.KernelAddress, thread.KernelAddress, thread);
        }
    }

    /// <summary>The thread at a position as an owner.</summary>
    public WaitOwner OwnerAt(int position) => new(_byPosition[position].Waits.Thread.SystemId ?? 0, position);

    /// <summary>The thread that a line names.</summary>
    /// <param name="scope">The process that the line is about.</param>
    /// <param name="name">The name.</param>
    public FoundThread Find(Scope scope, ThreadName name)
    {
        if (name.Kind == ThreadIdKind.Clr)
            return FindClr(scope, name);
        Scope place = ProcessOf(scope, name);
        object key = name.Kind == ThreadIdKind.KernelAddress ? place.Session : place;
        if (!_byName.TryGetValue((key, name.Kind, name.Id), out List<PrintedThread>? found))
        {
            return name.Kind == ThreadIdKind.System
                ? new FoundThread(new WaitOwner((uint)name.Id, null, name.ProcessId is { } process && process != scope.ProcessId ? process : null), null, null)
                : new FoundThread(default, null, $"{name} owns it, which is not among the threads of the text");
        }

        return found is [{ } only]
            ? new FoundThread(OwnerAt(only.Position), only.Position, null)
            : new FoundThread(default, null, $"{name} owns it, but {found.Count} threads of the text have that id");
    }

    /// <summary>The process that a name itself gives, where the text shows threads of it at that moment.</summary>
    private Scope ProcessOf(Scope scope, ThreadName name)
    {
        if (name.ProcessId is not { } process || scope.ProcessId == process || scope.ProcessId is null)
            return scope;
        foreach (PrintedThread thread in _byPosition.Values)
        {
            if (thread.Notes.Scope.Session == scope.Session && thread.Notes.Scope.ProcessId == process)
                return thread.Notes.Scope;
        }

        return new Scope(scope.Session, process);
    }

    private FoundThread FindClr(Scope scope, ThreadName name)
    {
        (uint? engine, uint? system) = _ledger.ClrThread(scope, name.Id);
        if (system is { } id)
            return Find(scope, new ThreadName(ThreadIdKind.System, id)) is { Position: null, Problem: null } && engine is { } number
                ? Find(scope, new ThreadName(ThreadIdKind.Engine, number))
                : Find(scope, new ThreadName(ThreadIdKind.System, id));
        return new FoundThread(default, null, $"{name} owns it, whose id the text does not give");
    }

    private void Add(object scope, ThreadIdKind kind, ulong? id, PrintedThread thread)
    {
        if (id is not { } known)
            return;
        if (!_byName.TryGetValue((scope, kind, known), out List<PrintedThread>? threads))
            _byName[(scope, kind, known)] = threads = [];
        threads.Add(thread);
    }
}

/// <summary>What a name leads to.</summary>
/// <param name="Owner">The thread as an owner; meaningless with a problem.</param>
/// <param name="Position">Its position; null when it is none of the text's.</param>
/// <param name="Problem">Why it is not known which thread that is; null when it is.</param>
internal readonly record struct FoundThread(WaitOwner Owner, int? Position, string? Problem);
