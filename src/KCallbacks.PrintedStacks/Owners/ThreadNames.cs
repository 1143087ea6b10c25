using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The threads of a text by the ids that lines use. Most texts name no owner, so nothing is made before the first name is looked for.</summary>
internal sealed class ThreadNames(ImmutableArray<PrintedThread> threads, OwnerLedger ledger)
{
    private readonly Lazy<Dictionary<(object Scope, ThreadIdKind Kind, ulong Id), Threads>> _byName = new(() => ByName(threads));

    /// <summary>A thread as an owner.</summary>
    public static WaitOwner OwnerOf(ThreadIdentity thread) => new(thread.SystemId ?? 0, thread.Position);

    /// <summary>The thread that a line names.</summary>
    /// <param name="scope">The process that the line is about.</param>
    /// <param name="name">The name.</param>
    public FoundThread Find(Scope scope, ThreadName name)
    {
        if (name.Kind == ThreadIdKind.Clr)
            return FindClr(scope, name);
        Scope place = ProcessOf(scope, name);
        object key = name.Kind == ThreadIdKind.KernelAddress ? place.Session : place;
        if (!_byName.Value.TryGetValue((key, name.Kind, name.Id), out Threads found))
        {
            return name.Kind == ThreadIdKind.System
                ? new FoundThread(new WaitOwner((uint)name.Id, null, name.ProcessId is { } process && process != scope.ProcessId ? process : null), null, null)
                : new FoundThread(null, null, $"{name} owns it, which is not among the threads of the text");
        }

        return found.Count == 1
            ? new FoundThread(OwnerOf(found.First), found.First.Position, null)
            : new FoundThread(null, null, $"{name} owns it, but {found.Count} threads of the text have that id") { Candidates = [OwnerOf(found.First), OwnerOf(found.Second!)] };
    }

    /// <summary>The process that a name itself gives, where the text shows threads of it at that moment.</summary>
    private Scope ProcessOf(Scope scope, ThreadName name)
    {
        if (name.ProcessId is not { } process || scope.ProcessId == process || scope.ProcessId is null)
            return scope;
        foreach (PrintedThread thread in threads)
        {
            if (thread.Notes.Scope.Session == scope.Session && thread.Notes.Scope.ProcessId == process)
                return thread.Notes.Scope;
        }

        return new Scope(scope.Session, process);
    }

    private FoundThread FindClr(Scope scope, ThreadName name)
    {
        (uint? engine, uint? system) = ledger.ClrThread(scope, name.Id);
        if (system is { } id)
            return Find(scope, new ThreadName(ThreadIdKind.System, id)) is { Position: null, Problem: null } && engine is { } number
                ? Find(scope, new ThreadName(ThreadIdKind.Engine, number))
                : Find(scope, new ThreadName(ThreadIdKind.System, id));
        return new FoundThread(null, null, $"{name} owns it, whose id the text does not give");
    }

    private static Dictionary<(object Scope, ThreadIdKind Kind, ulong Id), Threads> ByName(ImmutableArray<PrintedThread> threads)
    {
        var names = new Dictionary<(object Scope, ThreadIdKind Kind, ulong Id), Threads>();
        foreach (PrintedThread thread in threads)
        {
            Add(names, thread.Notes.Scope, ThreadIdKind.System, thread.Waits.Thread.SystemId, thread);
            Add(names, thread.Notes.Scope, ThreadIdKind.Engine, thread.Waits.Thread.EngineId, thread);
            Add(names, thread.Notes.Scope.Session, ThreadIdKind.KernelAddress, thread.KernelAddress, thread);
        }

        return names;
    }

    private static void Add(Dictionary<(object Scope, ThreadIdKind Kind, ulong Id), Threads> names, object scope, ThreadIdKind kind, ulong? id, PrintedThread thread)
    {
        if (id is not { } known)
            return;
        Threads before = names.GetValueOrDefault((scope, kind, known));
        names[(scope, kind, known)] = before.Count == 0
            ? new Threads(thread.Waits.Thread, null, 1)
            : before with { Second = before.Second ?? thread.Waits.Thread, Count = before.Count + 1 };
    }

    /// <summary>The threads of one name.</summary>
    private readonly record struct Threads(ThreadIdentity First, ThreadIdentity? Second, int Count);
}

/// <summary>What a name leads to.</summary>
/// <param name="Owner">The thread as an owner; null with a problem.</param>
/// <param name="Position">Its position; null when it is none of the text's.</param>
/// <param name="Problem">Why it is not known which thread that is; null when it is.</param>
internal readonly record struct FoundThread(WaitOwner? Owner, int? Position, string? Problem)
{
    /// <summary>Threads any one of which it may be, two of them at most; empty otherwise.</summary>
    public ImmutableArray<WaitOwner> Candidates { get => field.IsDefault ? [] : field; init; }
}
