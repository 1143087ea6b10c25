using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// What threads of a process wait for by the system call with which they entered the kernel, which keeps its first argument: waits by address
/// and for the answer to a message. The rest the kernel's own structures tell better.
/// </summary>
public sealed class EntryWaits
{
    private readonly ImmutableDictionary<int, ThreadFinding> _findings;
    private readonly WaitFinder _finder;

    /// <summary>Prepares them for a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="threads">All its threads, with their environment blocks.</param>
    /// <param name="findings">What was found of them, by <see cref="ThreadIdentity.Position"/>.</param>
    public EntryWaits(IProcessView process, ImmutableArray<ThreadStack> threads, ImmutableDictionary<int, ThreadFinding> findings)
    {
        _findings = findings;
        ImmutableArray<WaitInput> inputs = [.. threads.Select(InputOf)];
        _finder = new WaitFinder(process, new NoHandles(), new WindowTable(process, inputs), inputs);
    }

    /// <summary>What a thread waits for that the kernel says waits by address.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="address">The first argument of its call.</param>
    public ThreadWaits ByAddress(ThreadStack thread, ulong address) => _finder.Of(InputOf(thread) with { FirstArgument = address, WaitsByAddress = true });

    /// <summary>The message whose answer a thread waits for; null when it does not send one, or nothing shows it.</summary>
    /// <param name="thread">The thread with its instruction and stack pointer.</param>
    /// <param name="window">The first argument of its call.</param>
    public ThreadWaits? Message(ThreadStack thread, ulong window)
    {
        ThreadWaits waits = _finder.Of(InputOf(thread) with { FirstArgument = window });
        return waits.Waits is [{ Kind: WaitKind.WindowMessage }] ? waits : null;
    }

    private WaitInput InputOf(ThreadStack thread) => new() { Stack = thread, Finding = _findings.GetValueOrDefault(thread.Thread.Position) };
}
