using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// What the threads of a text wait for: by their frames and the arguments printed with them, joined with the owners that other lines name.
/// Of each thread little is kept, and of no more than any process has.
/// </summary>
internal sealed class PrintedWaits
{
    /// <summary>Most threads; a text with more is a collection of many processes.</summary>
    private const int Most = 1 << 16;

    private readonly WaitFinder _finder = new(new UnknownProcess(), new NoHandles(), new NoWindows(), []);
    private readonly WaitFinder _finderX86 = new(new UnknownX86(), new NoHandles(), new NoWindows(), []);
    private readonly List<PrintedThread> _threads = [];

    /// <summary>Whether there are more threads than can be kept, so that no conclusion holds.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Takes a thread of which nothing more can be read.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="kernelAddress">Address of its kernel structure; null when the text does not name it by that.</param>
    /// <param name="notes">What lines besides its frames say.</param>
    public void Add(ThreadStack stack, ulong? kernelAddress, ThreadNotes notes)
    {
        IsOverfull |= _threads.Count == Most;
        if (!IsOverfull && !stack.IsHistoric)
            _threads.Add(new PrintedThread(ByFrames(stack, notes), kernelAddress, notes));
    }

    /// <summary>Who waits for whom; null where the text has more threads or locks than can be told apart.</summary>
    public WaitGraph? Graph(OwnerLedger ledger) =>
        IsOverfull || ledger.IsOverfull ? null : WaitGraph.Of(new OwnerJoin(ledger, [.. _threads]).Join());

    private ThreadWaits ByFrames(ThreadStack stack, ThreadNotes notes)
    {
        ImmutableArray<ulong> arguments = StubArguments(notes);
        WaitFinder finder = arguments.IsEmpty ? _finder : _finderX86;
        ThreadWaits waits = finder.Of(new WaitInput { Stack = stack with { Memory = null, StackPointer = 0, InstructionPointer = 0 }, PrintedArguments = arguments });
        ThreadWaits byLocks = OtherLocks.Of(stack, waits);
        // The frames of a lock say more than its wait: which of several it is.
        return stack.Managed is { } managed && byLocks.Waits is not [{ Kind: WaitKind.Monitor }] ? ManagedWaiting.OfPrinted(byLocks, managed) : byLocks;
    }

    /// <summary>The arguments of the innermost system call, where frames of x86 code show them.</summary>
    private static ImmutableArray<ulong> StubArguments(ThreadNotes notes)
    {
        foreach (FrameArguments frame in notes.Arguments)
        {
            if (frame.Is32Bit && FunctionName.Of(frame.Frame.Function).IsSystemService)
                return frame.Values;
        }

        return [];
    }

    /// <summary>Code whose arguments lie on the stack.</summary>
    private sealed class UnknownX86 : UnknownProcess
    {
        public override Architecture Architecture => Architecture.X86;
    }
}

/// <summary>A thread of the text, as far as waits are concerned.</summary>
/// <param name="Waits">What its frames show.</param>
/// <param name="KernelAddress">Address of its kernel structure; null when not known.</param>
/// <param name="Notes">What other lines say of it.</param>
internal sealed record PrintedThread(ThreadWaits Waits, ulong? KernelAddress, ThreadNotes Notes)
{
    public int Position => Waits.Thread.Position;
}
