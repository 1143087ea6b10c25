
namespace KCallbacks.DbgEng;

/// <summary>Processes and threads of the session.</summary>
public sealed unsafe class DebugSystemObjects : EngineInterface, IEngineInterface<DebugSystemObjects>
{
    private DebugSystemObjects(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugSystemObjects>.Name => "IDebugSystemObjects4";

    static Guid IEngineInterface<DebugSystemObjects>.Iid => new("489468e6-7d0f-4af5-87ab-25207454d553");

    internal static new class Slot
    {
        public const int GetCurrentThreadId = 5;
        public const int SetCurrentThreadId = 6;
        public const int GetCurrentProcessId = 7;
        public const int SetCurrentProcessId = 8;
        public const int GetNumberThreads = 9;
        public const int GetThreadIdsByIndex = 11;
        public const int GetCurrentThreadDataOffset = 13;
        public const int GetCurrentThreadTeb = 15;
        public const int GetThreadIdBySystemId = 18;
        public const int GetNumberProcesses = 21;
        public const int GetProcessIdsByIndex = 22;
        public const int GetCurrentProcessDataOffset = 23;
        public const int GetCurrentProcessPeb = 25;
        public const int GetCurrentProcessSystemId = 27;
        public const int GetProcessIdBySystemId = 28;
        public const int GetImplicitThreadDataOffset = 33;
        public const int SetImplicitThreadDataOffset = 34;
        public const int GetImplicitProcessDataOffset = 35;
        public const int SetImplicitProcessDataOffset = 36;
    }

    static DebugSystemObjects IEngineInterface<DebugSystemObjects>.Adopt(nint pointer) => new(pointer);

    /// <summary>The engine's number of the current thread. Fails when there is none.</summary>
    public HResult TryGetCurrentThreadId(out uint id) => TryGetNumber(Slot.GetCurrentThreadId, out id);

    /// <summary>Makes a thread current; the scope becomes that thread's innermost frame.</summary>
    public HResult TrySetCurrentThreadId(uint id) => TrySetNumber(Slot.SetCurrentThreadId, id);

    /// <inheritdoc cref="TrySetCurrentThreadId"/>
    /// <exception cref="EngineCallException">There is no such thread.</exception>
    public void SetCurrentThreadId(uint id) => TrySetCurrentThreadId(id).ThrowIfFailed();

    /// <summary>The engine's number of the current process. Fails when there is none.</summary>
    public HResult TryGetCurrentProcessId(out uint id) => TryGetNumber(Slot.GetCurrentProcessId, out id);

    /// <summary>Makes a process current.</summary>
    public HResult TrySetCurrentProcessId(uint id) => TrySetNumber(Slot.SetCurrentProcessId, id);

    /// <inheritdoc cref="TrySetCurrentProcessId"/>
    /// <exception cref="EngineCallException">There is no such process.</exception>
    public void SetCurrentProcessId(uint id) => TrySetCurrentProcessId(id).ThrowIfFailed();

    /// <summary>The engine's number of the process with an id of the operating system. Fails when the session has none such.</summary>
    public HResult TryGetProcessIdBySystemId(uint systemId, out uint id)
    {
        fixed (uint* filled = &id)
            return new HResult(((delegate* unmanaged<nint, uint, uint*, int>)Method(Slot.GetProcessIdBySystemId))(Pointer, systemId, filled));
    }

    /// <summary>Counts the processes of the session.</summary>
    public HResult TryGetNumberProcesses(out uint number) => TryGetNumber(Slot.GetNumberProcesses, out number);

    /// <summary>Lists the processes of the session in the engine's order.</summary>
    /// <param name="ids">Filled with the engine's numbers.</param>
    /// <param name="systemIds">Filled with the operating system's process ids; as long as <paramref name="ids"/>.</param>
    public HResult TryGetProcessIds(Span<uint> ids, Span<uint> systemIds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(systemIds.Length, ids.Length);
        fixed (uint* filled = ids, filledSystem = systemIds)
        {
            return new HResult(((delegate* unmanaged<nint, uint, uint, uint*, uint*, int>)Method(Slot.GetProcessIdsByIndex))(
                Pointer, 0, (uint)ids.Length, filled, filledSystem));
        }
    }

    /// <summary>The engine's number of the thread of the current process with an id of the operating system. Fails when it has none such.</summary>
    public HResult TryGetThreadIdBySystemId(uint systemId, out uint id)
    {
        fixed (uint* filled = &id)
            return new HResult(((delegate* unmanaged<nint, uint, uint*, int>)Method(Slot.GetThreadIdBySystemId))(Pointer, systemId, filled));
    }

    /// <summary>Counts the threads of the current process; in a kernel session, the processors.</summary>
    public HResult TryGetNumberThreads(out uint number) => TryGetNumber(Slot.GetNumberThreads, out number);

    /// <inheritdoc cref="TryGetNumberThreads"/>
    /// <exception cref="EngineCallException">There is no process.</exception>
    public int GetNumberThreads()
    {
        TryGetNumberThreads(out uint number).ThrowIfFailed();
        return (int)number;
    }

    /// <summary>Lists the threads of the current process in the engine's order.</summary>
    /// <param name="ids">Filled with the engine's numbers.</param>
    /// <param name="systemIds">Filled with the operating system's thread ids; as long as <paramref name="ids"/>.</param>
    public HResult TryGetThreadIds(Span<uint> ids, Span<uint> systemIds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(systemIds.Length, ids.Length);
        fixed (uint* filled = ids, filledSystem = systemIds)
        {
            return new HResult(((delegate* unmanaged<nint, uint, uint, uint*, uint*, int>)Method(Slot.GetThreadIdsByIndex))(
                Pointer, 0, (uint)ids.Length, filled, filledSystem));
        }
    }

    /// <inheritdoc cref="TryGetThreadIds"/>
    /// <exception cref="EngineCallException">There are fewer threads than asked for.</exception>
    public void GetThreadIds(Span<uint> ids, Span<uint> systemIds) => TryGetThreadIds(ids, systemIds).ThrowIfFailed();

    /// <summary>Address of the current thread's structure: the TEB in a user session, the ETHREAD in a kernel session.</summary>
    public HResult TryGetCurrentThreadDataOffset(out ulong address) => TryGetAddress(Slot.GetCurrentThreadDataOffset, out address);

    /// <summary>Address of the current thread's TEB.</summary>
    public HResult TryGetCurrentThreadTeb(out ulong address) => TryGetAddress(Slot.GetCurrentThreadTeb, out address);

    /// <summary>Address of the current process's structure: the PEB in a user session, the EPROCESS in a kernel session.</summary>
    public HResult TryGetCurrentProcessDataOffset(out ulong address) => TryGetAddress(Slot.GetCurrentProcessDataOffset, out address);

    /// <summary>Address of the current process's PEB.</summary>
    public HResult TryGetCurrentProcessPeb(out ulong address) => TryGetAddress(Slot.GetCurrentProcessPeb, out address);

    /// <summary>The operating system's id of the current process.</summary>
    public HResult TryGetCurrentProcessSystemId(out uint id) => TryGetNumber(Slot.GetCurrentProcessSystemId, out id);

    /// <summary>The thread that kernel sessions walk (an ETHREAD).</summary>
    public HResult TryGetImplicitThreadDataOffset(out ulong address) => TryGetAddress(Slot.GetImplicitThreadDataOffset, out address);

    /// <summary>Sets the thread that kernel sessions walk; 0 means the current processor's.</summary>
    public HResult TrySetImplicitThreadDataOffset(ulong address) => TrySetAddress(Slot.SetImplicitThreadDataOffset, address);

    /// <summary>The process whose memory kernel sessions read (an EPROCESS).</summary>
    public HResult TryGetImplicitProcessDataOffset(out ulong address) => TryGetAddress(Slot.GetImplicitProcessDataOffset, out address);

    /// <summary>Sets the process whose memory kernel sessions read; 0 means the current processor's.</summary>
    public HResult TrySetImplicitProcessDataOffset(ulong address) => TrySetAddress(Slot.SetImplicitProcessDataOffset, address);
}
