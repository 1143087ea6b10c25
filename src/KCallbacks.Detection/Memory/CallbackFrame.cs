using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>One callback frame found in stack memory: what the kernel wrote when it entered the dispatcher.</summary>
public sealed record CallbackFrame
{
    /// <summary>The form of the frame.</summary>
    public required CallbackLayout Layout { get; init; }

    /// <summary>
    /// Where the frame lies. x64, ARM64: the stack pointer at the dispatcher's entry, which is Child-SP of the dispatcher's frame.
    /// x86: the slot of the return address into the dispatcher. Wine: the slot of its fake return address.
    /// </summary>
    public required ulong Address { get; init; }

    /// <summary>Index into <c>PEB.KernelCallbackTable</c>; null on x86, where the call to the routine overwrites it.</summary>
    public int? ApiNumber { get; init; }

    /// <summary>Address of the copied input data.</summary>
    public ulong InputBuffer { get; init; }

    /// <summary>Length of the input data in bytes. On x86 Vista to 8.1 it is 0 although data follows.</summary>
    public uint InputLength { get; init; }

    /// <summary>Instruction pointer of the interrupted code, after the system call of the entry's stub; 0 where the layout has none.</summary>
    public ulong EntryInstructionPointer { get; init; }

    /// <summary>
    /// Stack pointer of the interrupted code: it points at the return address of the stub. 0 where the layout has none or the memory ends.
    /// </summary>
    public ulong OuterStackPointer { get; init; }

    /// <summary>ARM64: what the interrupted stub returns to, which it has in the link register and saves nowhere; 0 on other processors.</summary>
    public ulong LinkRegister { get; init; }

    /// <summary>Return address into the dispatcher that the call to the routine left; 0 when the routine was not called yet.</summary>
    public ulong ReturnAddress { get; init; }

    /// <summary>True when the memory ends inside the frame, so only its first part was checked.</summary>
    public bool IsCut { get; init; }

    /// <summary>High when the dispatcher's address is known and agrees, medium when only the structure holds, low for a layout nobody verified on Windows.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Why, in a few words.</summary>
    public required string ConfidenceReason { get; init; }

    /// <summary>
    /// Whether its callback still runs, as far as the stack below it tells: high when the routine passed on what the frame holds, medium
    /// when a call of the routine is in progress, low when nothing tells.
    /// </summary>
    public Confidence Liveness { get; init; }

    /// <summary>What tells it, in a few words.</summary>
    public string LivenessReason { get; init; } = "nothing shows that its routine still runs";

    /// <summary>
    /// True when no call of its routine is in progress below it, so that it is left over unless a walk passes it: programs that replace
    /// entries of <c>PEB.KernelCallbackTable</c> run routines of their own.
    /// </summary>
    public bool IsDoubted { get; init; }

    /// <summary>The routine by what it did with its input, without underscores; null where that does not tell. Only x86 frames need it.</summary>
    public string? Routine { get; init; }
}
