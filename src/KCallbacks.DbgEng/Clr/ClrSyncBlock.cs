using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Clr;

/// <summary>A lock of the runtime: <c>DacpSyncBlockData</c> of the runtime's <c>dacprivate.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ClrSyncBlock
{
    /// <summary>The object that is the lock.</summary>
    public ulong Object;

    /// <summary>Not 0 for an entry that is free.</summary>
    public uint IsFree;

    /// <summary>Where the sync block lies.</summary>
    public ulong Address;

    /// <summary>What it has to do with COM.</summary>
    public uint ComFlags;

    /// <summary>Bit 0: held. The bits above count the threads that wait to enter.</summary>
    public uint MonitorHeld;

    /// <summary>How often its owner entered it.</summary>
    public uint Recursion;

    /// <summary>The runtime's <c>Thread</c> that holds it; 0 for none.</summary>
    public ulong HoldingThread;

    /// <summary>Threads that wait for a pulse, counted to a limit only.</summary>
    public uint AdditionalThreads;

    /// <summary>Its application domain.</summary>
    public ulong Domain;

    /// <summary>How many sync blocks there are.</summary>
    public uint Total;
}
