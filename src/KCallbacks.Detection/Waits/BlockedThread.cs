using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;

namespace KCallbacks.Detection.Waits;

/// <summary>A thread that stands in a system call, and the process around it.</summary>
/// <param name="Input">What the target handed over.</param>
/// <param name="Stack">The half of it that is looked at: the 32-bit one of a WoW64 thread where that is known.</param>
/// <param name="Architecture">The processor whose code that half runs.</param>
/// <param name="Call">The system call.</param>
/// <param name="Process">The process.</param>
internal sealed record BlockedThread(WaitInput Input, ThreadStack Stack, Architecture Architecture, SystemCall Call, IProcessView Process)
{
    /// <summary>Bytes of a pointer.</summary>
    public uint PointerSize => Architecture is Architecture.X86 or Architecture.Arm32 ? sizeof(uint) : (uint)sizeof(ulong);

    /// <summary>The thread's system id; null when not known.</summary>
    public uint? SystemId => Input.Stack.Thread.SystemId;

    /// <summary>The call's arguments.</summary>
    public CallArguments Arguments => field ??= new CallArguments(this);

    /// <summary>The call as sentences name it.</summary>
    public string CallName => Call.ShortName;

    /// <summary>Reads a pointer of the process, or of the stack where its bytes are at hand; null when it is not readable.</summary>
    public ulong? Pointer(ulong address) => Read(address, PointerSize);

    /// <summary>Reads 4 bytes; null when they are not readable.</summary>
    public uint? Number(ulong address) => (uint?)Read(address, sizeof(uint));

    /// <summary>Reads 8 bytes; null when they are not readable.</summary>
    public ulong? Long(ulong address) => Read(address, sizeof(ulong));

    private ulong? Read(ulong address, uint size)
    {
        var stack = new StackBytes(Stack, Process);
        if (size == sizeof(uint))
            return stack.TryReadUInt32(address, out uint narrow) ? narrow : null;
        return stack.TryReadUInt64(address, out ulong wide) ? wide : null;
    }
}
