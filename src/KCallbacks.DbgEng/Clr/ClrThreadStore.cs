using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Clr;

/// <summary>The runtime's list of threads: <c>DacpThreadStoreData</c> of the runtime's <c>dacprivate.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ClrThreadStore
{
    /// <summary>Threads in the list.</summary>
    public int Count;

    /// <summary>Those that were not started yet.</summary>
    public int Unstarted;

    /// <summary>Those that do not keep the process alive.</summary>
    public int Background;

    /// <summary>Those that are being started.</summary>
    public int Pending;

    /// <summary>Those that have ended.</summary>
    public int Dead;

    /// <summary>The runtime's <c>Thread</c> at the beginning of the list.</summary>
    public ulong First;

    /// <summary>The thread that runs finalizers.</summary>
    public ulong Finalizer;

    /// <summary>The thread that collects garbage.</summary>
    public ulong Collector;

    /// <summary>How a host of the runtime is configured.</summary>
    public uint HostConfiguration;
}
