using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Waits for kernel objects by handle.</summary>
internal sealed class KernelObjectWaits(IProcessView process, IHandleView handles, ThreadDirectory threads)
{
    /// <summary>MAXIMUM_WAIT_OBJECTS of winnt.h.</summary>
    private const ulong MostObjects = 64;

    private readonly Lazy<uint?> _ownProcess = new(() => OwnProcess(process, threads));

    private const string Abandoned = "abandoned: its last owner ended without letting go";

    /// <summary>The wait for the object of a handle.</summary>
    /// <param name="thread">The waiting thread.</param>
    /// <param name="handle">The handle; null when the call does not show it.</param>
    /// <param name="evidence">What shows it.</param>
    public Wait Of(BlockedThread thread, ulong? handle, string evidence)
    {
        if (handle is not { } known)
            return new Wait { Kind = WaitKind.KernelObject, NoOwner = "the handle is not known" };
        HandleInfo? info = handles.Find(known);
        var wait = new Wait { Kind = KindOf(info?.Type ?? HandleType.Other), Object = new WaitedObject(Handle: known, Name: info?.Name), Evidence = [evidence] };
        return info is null ? wait with { NoOwner = "nothing is recorded of the handle" } : WithOwner(thread, wait, info);
    }

    /// <summary>Name of the object of a handle; null when it has none or it is not known.</summary>
    public string? NameOf(ulong handle) => handles.Find(handle)?.Name;

    /// <summary>The waits for the objects in an array of handles.</summary>
    /// <param name="thread">The waiting thread.</param>
    /// <param name="count">How many there are; null when not known.</param>
    /// <param name="array">Where the array lies; null when not known.</param>
    public ImmutableArray<Wait> OfArray(BlockedThread thread, ulong? count, ulong? array)
    {
        if (count is not (> 0 and <= MostObjects) || array is not { } start)
            return [];
        var waits = ImmutableArray.CreateBuilder<Wait>();
        for (ulong i = 0; i < count; i++)
        {
            ulong? handle = thread.Pointer(start + (i * thread.PointerSize));
            waits.Add(Of(thread, handle, string.Create(CultureInfo.InvariantCulture, $"handle {i} of {thread.CallName}")));
        }

        return waits.DrainToImmutable();
    }

    /// <summary>What a wait for an object of a type is.</summary>
    public static WaitKind KindOf(HandleType type) => type switch
    {
        HandleType.Thread => WaitKind.Thread,
        HandleType.Process => WaitKind.Process,
        HandleType.Mutex => WaitKind.Mutex,
        HandleType.Event => WaitKind.Event,
        HandleType.Semaphore => WaitKind.Semaphore,
        HandleType.Timer => WaitKind.Timer,
        HandleType.File => WaitKind.InputOutput,
        HandleType.Port => WaitKind.Call,
        _ => WaitKind.KernelObject,
    };

    private Wait WithOwner(BlockedThread thread, Wait wait, HandleInfo info) => info.Type switch
    {
        HandleType.Mutex => OfMutex(thread, wait, info),
        HandleType.Thread => OfThread(wait, info),
        HandleType.Process => wait with
        {
            NoOwner = info.ProcessId is { } id ? string.Create(CultureInfo.InvariantCulture, $"until process {id:x} ends") : "which process is not recorded",
        },
        HandleType.Event => wait with { NoOwner = "whoever sets an event is not recorded" },
        HandleType.Semaphore => wait with { NoOwner = "whoever releases a semaphore is not recorded" },
        HandleType.Timer => wait with { NoOwner = "time ends it" },
        _ => wait with { NoOwner = info.TypeName is { } type ? $"an object of type {type} has no owner" : "the type of the object is not recorded" },
    };

    private Wait OfMutex(BlockedThread thread, Wait wait, HandleInfo info)
    {
        if (info.IsAbandoned)
            return wait with { NoOwner = Abandoned };
        if (info.ThreadId is not { } owner)
            return wait with { NoOwner = info.RecordsOwner ? "free: it is just being handed over" : "its owner is not recorded" };
        return owner == thread.SystemId
            ? wait with { NoOwner = "recorded as the waiting thread's own, which would not have to wait for it" }
            : Owned(wait, owner, info.ProcessId, "the handle's information names its owner");
    }

    private Wait OfThread(Wait wait, HandleInfo info)
    {
        if (info.ThreadId is not { } id)
            return wait with { NoOwner = "which thread is not recorded" };
        return threads.Find(id) is { WritesDump: true }
            ? wait with { NoOwner = string.Create(CultureInfo.InvariantCulture, $"thread {id:x} writes the dump: the wait is of the dump's own making") }
            : Owned(wait, id, info.ProcessId, "the handle's information names the thread");
    }

    /// <summary>An owner in the target is certain; one that is not may be another process's, or gone.</summary>
    private Wait Owned(Wait wait, uint id, uint? owningProcess, string evidence)
    {
        bool isThere = threads.Find(id) is not null;
        bool isOwn = owningProcess is not null && owningProcess == _ownProcess.Value;
        string owner = string.Create(CultureInfo.InvariantCulture, $"{id:x}");
        return wait with
        {
            Owners = [threads.OwnerOf(id, isOwn ? null : owningProcess)],
            State = isThere ? null : $"thread {owner} is none of the target's: {(isOwn ? "it is gone" : "of another process, or gone")}",
            Proof = isThere ? WaitProof.Certain : WaitProof.Likely,
            Evidence = wait.Evidence.Add(evidence),
        };
    }

    private static uint? OwnProcess(IProcessView process, ThreadDirectory threads)
    {
        uint offset = (process.Architecture == Architecture.X86 ? ThreadBlockLayout.X86 : ThreadBlockLayout.X64).ProcessId;
        var memory = new ProcessWords(process);
        foreach (WaitInput thread in threads.Threads)
        {
            if (thread.Stack.EnvironmentBlock is { } block && memory.Pointer(block + offset) is > 0 and <= uint.MaxValue and var id)
                return (uint)id;
        }

        return null;
    }
}
