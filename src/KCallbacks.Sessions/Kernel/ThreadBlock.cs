using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.Kernel;

/// <summary>What is read of an ETHREAD.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Id">The operating system's thread id; null when not known.</param>
/// <param name="Teb">Address of its TEB, 0 when it has none; null when not known.</param>
/// <param name="TrapFrame">Address of the frame that holds its user registers; null or 0 when there is none.</param>
/// <param name="State">What it says of callbacks and waiting.</param>
internal sealed record ThreadBlock(ulong Address, uint? Id, ulong? Teb, ulong? TrapFrame, KernelState State)
{
    /// <summary>The first argument of the system call with which it entered the kernel; null where the kernel does not keep it.</summary>
    public ulong? FirstArgument { get; init; }

    /// <summary>Address of the first of the blocks by which it waits for objects; null when not known.</summary>
    public ulong? WaitBlocks { get; init; }

    /// <summary>How many there are; null where the kernel does not count them.</summary>
    public byte? WaitBlockCount { get; init; }

    /// <summary>
    /// A thread as far as it is known without symbols: the block that the kernel keeps for debuggers tells where a thread has its TEB's
    /// address, and a thread without one is the system's.
    /// </summary>
    public static ThreadBlock WithoutSymbols(DebugDataSpaces memory, ulong address)
    {
        bool isThread = memory.ReadNumber(address, sizeof(byte)) == ThreadLayout.ThreadObject;
        ulong? teb = isThread && memory.TryReadDebuggerData(DebuggerData.OffsetKThreadTeb, out ulong offset).Succeeded && offset != 0
            ? memory.ReadNumber(address + offset, sizeof(ulong))
            : null;
        return new ThreadBlock(address, null, teb, null, new KernelState(IsSystemThread: teb == 0));
    }
}
