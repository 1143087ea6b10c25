using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Clr;

/// <summary>A thread of the runtime: <c>DacpThreadData</c> of the runtime's <c>dacprivate.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ClrThreadData
{
    /// <summary>The number that managed code knows it by.</summary>
    public uint ManagedId;

    /// <summary>The operating system's thread id.</summary>
    public uint SystemId;

    /// <summary>State bits.</summary>
    public int State;

    /// <summary>Whether it runs managed code.</summary>
    public uint PreemptiveDisabled;

    /// <summary>Where its next object goes.</summary>
    public ulong AllocationPointer;

    /// <summary>Where its allocation ends.</summary>
    public ulong AllocationLimit;

    /// <summary>Its context.</summary>
    public ulong Context;

    /// <summary>Its application domain.</summary>
    public ulong Domain;

    /// <summary>The innermost frame that the runtime keeps.</summary>
    public ulong Frame;

    /// <summary>Locks it holds.</summary>
    public uint LockCount;

    /// <summary>The exception in whose handler it is.</summary>
    public ulong FirstNestedException;

    /// <summary>Its TEB.</summary>
    public ulong Teb;

    /// <summary>Its fiber.</summary>
    public ulong FiberData;

    /// <summary>The last exception it threw.</summary>
    public ulong LastThrownObject;

    /// <summary>The next thread.</summary>
    public ulong Next;
}
