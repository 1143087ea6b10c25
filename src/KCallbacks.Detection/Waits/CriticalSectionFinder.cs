using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Finds the critical section that a blocked thread waits for: by the argument of the call where it has one, else among the registers
/// and stack words of the lock's own frames. No register holds it in all builds.
/// </summary>
internal sealed class CriticalSectionFinder(IProcessView process, ThreadDirectory threads)
{
    /// <summary>Bytes of the lock's frames that are searched at most.</summary>
    private const ulong MostBytes = 0x1000;

    private readonly CriticalSectionReader _reader = new(process);

    /// <summary>The wait for the section whose address, or that of its LockCount, is the call's argument; null when none lies there.</summary>
    /// <param name="thread">The waiting thread.</param>
    /// <param name="address">The argument.</param>
    /// <param name="evidence">What shows it.</param>
    public Wait? AtAddress(BlockedThread thread, ulong address, string evidence)
    {
        ulong before = address - new CriticalSectionLayout(thread.PointerSize).LockCount;
        CriticalSection? found = _reader.Read(address, thread.PointerSize) ?? _reader.Read(before, thread.PointerSize);
        return found is { } section && section.OwningThread != thread.SystemId ? WaitFor(thread, section, WaitProof.Certain, evidence) : null;
    }

    /// <summary>The wait for the loader lock, which the thread's own block tells; null when it does not.</summary>
    public Wait? LoaderLock(BlockedThread thread)
    {
        uint offset = (thread.PointerSize == sizeof(uint) ? ThreadBlockLayout.X86 : ThreadBlockLayout.X64).WaitingOnLoaderLock;
        return thread.Stack.EnvironmentBlock is { } block
            && thread.Number(block + offset) == 1
            && LoaderLockOf(thread) is { } address
            ? AtAddress(thread, address, "the thread's TEB says that it waits for the loader lock")
            : null;
    }

    /// <summary>The wait of a thread in a lock's frames whose call does not show the address; null when no section is found.</summary>
    /// <param name="thread">The waiting thread.</param>
    /// <param name="frames">The lock's frames.</param>
    /// <param name="handle">The handle that it waits on; null when not known.</param>
    public Wait? InFrames(BlockedThread thread, LockFrames frames, ulong? handle)
    {
        if (frames.Function != LockFunction.CriticalSection || frames.End == 0)
            return null;
        CriticalSection[] found =
        [
            .. Candidates(thread, frames.End).Distinct()
                .SelectMany(candidate => SectionsAround(candidate, thread.PointerSize))
                .Where(section => CanWait(thread, section, handle))
                .DistinctBy(section => section.Address),
        ];
        if (found is not [var section])
            return found.Length == 0 ? null : Several(found);
        bool isWaitedOn = handle is { } waited && section.LockSemaphore == waited;
        return WaitFor(
            thread,
            section,
            isWaitedOn || section.HasBackPointer ? WaitProof.Certain : WaitProof.Likely,
            isWaitedOn ? "the section's own event is the handle waited for" : "the only critical section in the frames of the lock");
    }

    private Wait Several(CriticalSection[] found) => new()
    {
        Kind = WaitKind.CriticalSection,
        Candidates = [.. found.Select(section => section.OwningThread).Where(owner => owner != 0).Distinct().Select(owner => threads.OwnerOf(owner))],
        NoOwner = $"{found.Length} critical sections fit: {string.Join(", ", found.Select(section => Hexadecimal(section.Address)))}",
    };

    private static string Hexadecimal(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}");

    private List<CriticalSection> SectionsAround(ulong candidate, uint pointerSize)
    {
        var layout = new CriticalSectionLayout(pointerSize);
        ReadOnlySpan<uint> offsets = process.IsWine ? [0, layout.LockCount, layout.LockSemaphore] : [0, layout.LockCount];
        var found = new List<CriticalSection>();
        foreach (uint offset in offsets)
        {
            if (candidate > offset && _reader.Read(candidate - offset, pointerSize) is { } section)
                found.Add(section);
        }

        return found;
    }

    /// <summary>
    /// A section of the thread's own, or one that is waited for by another event, is not what it waits for. One without a living owner must
    /// prove itself otherwise.
    /// </summary>
    private bool CanWait(BlockedThread thread, CriticalSection section, ulong? handle) =>
        section.OwningThread != thread.SystemId
        && (handle is null || section.LockSemaphore == 0 || section.LockSemaphore == handle)
        && (section.HasBackPointer || threads.Find(section.OwningThread) is not null || (handle is { } waited && section.LockSemaphore == waited));

    /// <summary>The preserved registers, and every word from the stack pointer to the end of the frames.</summary>
    private static IEnumerable<ulong> Candidates(BlockedThread thread, ulong end)
    {
        if (thread.Stack.Registers is { } registers)
        {
            foreach (ulong register in (ulong[])[registers.Rbx, registers.Rbp, registers.Rsi, registers.Rdi, registers.R12, registers.R13, registers.R14, registers.R15])
                yield return register;
        }

        ulong start = thread.Stack.StackPointer;
        for (ulong slot = start; slot < Math.Min(end, start + MostBytes); slot += thread.PointerSize)
        {
            if (thread.Pointer(slot) is { } word)
                yield return word;
        }
    }

    private Wait WaitFor(BlockedThread thread, CriticalSection section, WaitProof proof, string evidence)
    {
        var wait = new Wait
        {
            Kind = LoaderLockOf(thread) == section.Address ? WaitKind.LoaderLock : WaitKind.CriticalSection,
            Object = new WaitedObject(section.Address, Symbol: LockSymbol.Of(process, section.Address)),
            State = section.IsWaiterWoken ? "a waiting thread has been woken and is about to get it" : null,
            Evidence = [evidence, string.Create(CultureInfo.InvariantCulture, $"its LockCount says that {section.Waiters} wait")],
        };
        if (section.OwningThread == 0)
            return wait with { NoOwner = "it is just being handed over" };

        bool isThere = threads.Find(section.OwningThread) is not null;
        string owner = string.Create(CultureInfo.InvariantCulture, $"{section.OwningThread:x}");
        return wait with
        {
            Owners = [threads.OwnerOf(section.OwningThread)],
            State = isThere ? wait.State : $"its owner, thread {owner}, is gone",
            Proof = isThere ? proof : WaitProof.Likely,
            Evidence = wait.Evidence.Add(isThere ? $"its OwningThread is {owner}" : $"its OwningThread is {owner}, which is no thread of the process"),
        };
    }

    /// <summary>The block of a process is that of its own code; the other half of WoW64 has another.</summary>
    private ulong? LoaderLockOf(BlockedThread thread) => process.ProcessEnvironmentBlock is { } block && thread.Architecture == process.Architecture
        ? thread.Pointer(block + (thread.PointerSize == sizeof(uint) ? ThreadBlockLayout.X86 : ThreadBlockLayout.X64).LoaderLock)
        : null;
}
