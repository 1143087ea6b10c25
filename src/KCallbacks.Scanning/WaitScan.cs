using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Scanning;

/// <summary>
/// Finds who waits for whom. Threads are noted while they are read and walked, with as much of each as its wait needs; only those in the
/// wait of a lock need frames, and are walked at the end where nobody did.
/// </summary>
/// <param name="target">The threads.</param>
internal sealed class WaitScan(IThreadTarget target)
{
    /// <summary>A lock function is among the innermost frames.</summary>
    private const int MostFrames = 16;

    /// <summary>Bytes of the stack that hold the arguments of a system call.</summary>
    private const int ArgumentBytes = 0x80;

    /// <summary>Bytes of the stack that hold the frames of a lock function, as a rule; what lies after them is read where it is needed.</summary>
    private const int FrameBytes = 0x400;

    private readonly WaitNeeds _needs = new(target.Process);
    private readonly Dictionary<int, (WaitInput Input, bool NeedsFrames)> _threads = new(target.Threads.Length);

    /// <summary>Notes a thread; what was noted of it before is forgotten.</summary>
    /// <param name="stack">What is known of it, with its memory where that was read.</param>
    /// <param name="finding">What was found; null when it is not judged yet.</param>
    public void Note(ThreadStack stack, ThreadFinding? finding)
    {
        ThreadStack standing = WithRegisters(stack);
        WaitNeed need = _needs.Of(standing, out bool readsRegisters);
        if (standing.Memory is not null || standing.Wow64Half is not null || standing.Frames.Length > MostFrames)
            standing = PartOf(standing, need) with { Wow64Half = standing.Wow64Half is { } half ? PartOf(half, need) : null };
        var input = new WaitInput { Stack = standing, Finding = finding, WritesDump = target.IsDump && (readsRegisters || (stack.Thread.SystemId is { } id && id == target.DumpWriter)) };
        _threads[stack.Thread.Position] = (input, need == WaitNeed.Frames && standing.Frames.IsEmpty);
    }

    /// <summary>Notes what else was found of a thread that was noted.</summary>
    public void Note(ThreadFinding finding)
    {
        if (_threads.TryGetValue(finding.Thread.Position, out (WaitInput Input, bool NeedsFrames) noted))
            _threads[finding.Thread.Position] = noted with { Input = noted.Input with { Finding = finding } };
    }

    /// <summary>Who waits for whom.</summary>
    /// <param name="isCancelled">Whether the user wants to stop.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public WaitGraph Run(Func<bool>? isCancelled)
    {
        var inputs = ImmutableArray.CreateBuilder<WaitInput>(target.Threads.Length);
        foreach (ThreadIdentity thread in target.Threads)
            inputs.Add(InputOf(thread, isCancelled));
        ImmutableArray<WaitInput> all = inputs.MoveToImmutable();
        IWindowView windows = target.Windows ?? new WindowTable(target.Process, all);
        return WaitGraph.Of(new WaitFinder(target.Process, target.Handles ?? new NoHandles(), windows, all).Find(isCancelled));
    }

    /// <summary>Threads that were not chosen may be waited for all the same.</summary>
    private WaitInput InputOf(ThreadIdentity thread, Func<bool>? isCancelled)
    {
        if (_threads.TryGetValue(thread.Position, out (WaitInput Input, bool NeedsFrames) noted) && !noted.NeedsFrames)
            return noted.Input;
        if (isCancelled?.Invoke() == true)
            throw new OperationCanceledException();
        if (noted.Input is null)
            Note(target.Know(thread), finding: null);
        if (_threads[thread.Position].NeedsFrames)
            Note(target.WalkInnermost(target.Read(target.Know(thread), memory: null)), noted.Input?.Finding);
        return _threads[thread.Position].Input;
    }

    /// <summary>Where memory alone cleared a thread its registers were not read.</summary>
    private ThreadStack WithRegisters(ThreadStack stack)
    {
        if (stack.InstructionPointer != 0 || stack.Problem is not null)
            return stack;
        return target.ReadRegisters(stack.Thread, stack.Memory) ?? target.Read(stack, stack.Memory);
    }

    private static ThreadStack PartOf(ThreadStack stack, WaitNeed need) => stack with
    {
        Memory = PartOf(stack.Memory, need),
        Frames = stack.Frames.Length > MostFrames ? stack.Frames[..MostFrames] : stack.Frames,
    };

    /// <summary>A copy: the whole would be kept as long as the part is.</summary>
    private static StackMemory? PartOf(StackMemory? memory, WaitNeed need)
    {
        if (memory is null || need == WaitNeed.Nothing)
            return null;
        int length = Math.Min(memory.Bytes.Length, need == WaitNeed.Frames ? FrameBytes : ArgumentBytes);
        return new StackMemory(memory.Address, memory.Bytes[..length].ToArray(), IsComplete: false);
    }
}
