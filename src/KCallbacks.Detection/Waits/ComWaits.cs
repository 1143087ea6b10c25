using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Waits for the answer to a COM call, by the frames of COM. The thread that serves it names its caller; who else may serve it, as in another
/// process, is not recorded where a dump can tell.
/// </summary>
/// <param name="process">The process.</param>
/// <param name="threads">Its threads.</param>
internal sealed class ComWaits(IProcessView process, ThreadDirectory threads)
{
    /// <summary>Threads that are told where more than one may serve the call.</summary>
    private const int MostServers = 8;

    private readonly Lazy<ILookup<uint, WaitInput>> _servers = new(() => ServersByCaller(process, threads));

    /// <summary>Completes the waits of threads.</summary>
    /// <param name="waits">What they wait for, in the order of the threads.</param>
    public ImmutableArray<ThreadWaits> Complete(ImmutableArray<ThreadWaits> waits)
    {
        ImmutableArray<ThreadWaits>.Builder? completed = null;
        for (int i = 0; i < waits.Length; i++)
        {
            if (waits[i].Waits.IsEmpty || waits[i].Waits[0].Proof != WaitProof.Unknown || !IsInCall(threads.Threads[i].Stack.Frames))
                continue;
            completed ??= waits.ToBuilder();
            completed[i] = waits[i] with { Waits = [Of(threads.Threads[i])], Mode = WaitMode.All };
        }

        return completed?.MoveToImmutable() ?? waits;
    }

    private Wait Of(WaitInput caller)
    {
        var wait = new Wait { Kind = WaitKind.Call, NoOwner = "the thread that serves the COM call is not recorded", Evidence = ["frames of COM wait for the answer to a call"] };
        WaitInput[] servers = caller.Stack.Thread.SystemId is { } id ? [.. _servers.Value[id].Take(MostServers)] : [];
        if (servers.Length > 1)
            return wait with { NoOwner = "the COM state of several threads names it as the caller", Candidates = [.. servers.Select(ThreadDirectory.OwnerOf)] };
        if (servers is not [{ Stack.Thread: { SystemId: { } server } thread }])
            return wait;
        return wait with
        {
            Owners = [new WaitOwner(server, thread.Position)],
            NoOwner = null,
            Proof = WaitProof.Likely,
            IsBeingHandled = true,
            Evidence = wait.Evidence.Add(string.Create(CultureInfo.InvariantCulture, $"the COM state of thread {server:x} names it as the caller")),
        };
    }

    private static bool IsInCall(ImmutableArray<StackFrame> frames)
    {
        foreach (StackFrame frame in frames)
        {
            if (ComCall.IsModule(frame.Module) && ComCall.IsWaiting(frame.Function))
                return true;
        }

        return false;
    }

    private static ILookup<uint, WaitInput> ServersByCaller(IProcessView process, ThreadDirectory threads) =>
        (ComCall.IsKnown(process.WindowsBuild) && !process.IsWine ? threads.Threads : [])
            .Select(thread => (Thread: thread, Caller: CallerOf(process, thread)))
            .Where(pair => pair.Caller is { } caller && caller != 0 && caller != pair.Thread.Stack.Thread.SystemId)
            .ToLookup(pair => pair.Caller!.Value, pair => pair.Thread);

    private static uint? CallerOf(IProcessView process, WaitInput thread)
    {
        ComCall layout = process.Architecture == Architecture.X86 ? ComCall.X86 : ComCall.X64;
        var memory = new ProcessWords(process);
        return thread.Stack.EnvironmentBlock is { } block && memory.Pointer(block + layout.State) is { } state and not 0
            ? memory.Number(state + layout.Caller)
            : null;
    }
}
