using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.EngineHost;

/// <summary>IDebugClient5 of <c>dbgeng.h</c>: a client of the engine, and through it the session.</summary>
internal sealed unsafe partial class DebugClient : ComObject
{
    private const uint AttachNonInvasive = 1;          // DEBUG_ATTACH_NONINVASIVE
    private const uint DebugOnlyThisProcess = 2;       // DEBUG_ONLY_THIS_PROCESS
    private const uint EndActiveTerminate = 1;         // DEBUG_END_ACTIVE_TERMINATE
    private const uint EndActiveDetach = 2;            // DEBUG_END_ACTIVE_DETACH

    private static readonly Guid InterfaceId = new("e3acb9d7-7ec2-4f0c-a0da-e81e0cbbe628");
    private static readonly StrategyBasedComWrappers Callbacks = new();

    private DebugClient(nint pointer)
        : base(pointer)
    {
    }

    private static class Slot
    {
        public const int AttachProcess = 12;
        public const int EndSession = 26;
        public const int CreateClient = 30;
        public const int SetOutputCallbacks = 34;
        public const int CreateProcessWide = 58;
        public const int OpenDumpFileWide = 60;
    }

    /// <summary>The first client; starts the engine.</summary>
    public static DebugClient Start()
    {
        Guid id = InterfaceId;
        EngineException.ThrowIfFailed(DebugCreate(&id, out nint client), nameof(DebugCreate));
        return new DebugClient(client);
    }

    /// <summary>One more client of the same session. Its interface is the oldest, hence the query.</summary>
    public DebugClient CreateClient()
    {
        nint created;
        EngineException.ThrowIfFailed(((delegate* unmanaged<nint, nint*, int>)Method(Slot.CreateClient))(Pointer, &created));
        using var first = new DebugClient(created);
        return new DebugClient(first.Query(InterfaceId));
    }

    public DebugControl Control() => new(Query(DebugControl.InterfaceId));

    public void SetOutputCallbacks(IDebugOutputCallbacks2 callbacks)
    {
        nint wrapper = Callbacks.GetOrCreateComInterfaceForObject(callbacks, CreateComInterfaceFlags.None);
        try
        {
            EngineException.ThrowIfFailed(((delegate* unmanaged<nint, nint, int>)Method(Slot.SetOutputCallbacks))(Pointer, wrapper));
        }
        finally
        {
            Marshal.Release(wrapper);
        }
    }

    public void OpenDumpFile(string path)
    {
        const ulong noFileHandle = 0;
        fixed (char* name = path)
            EngineException.ThrowIfFailed(((delegate* unmanaged<nint, char*, ulong, int>)Method(Slot.OpenDumpFileWide))(Pointer, name, noFileHandle));
    }

    public void AttachProcess(uint processId, bool nonInvasive)
    {
        const ulong localServer = 0;
        uint flags = nonInvasive ? AttachNonInvasive : 0;
        EngineException.ThrowIfFailed(((delegate* unmanaged<nint, ulong, uint, uint, int>)Method(Slot.AttachProcess))(Pointer, localServer, processId, flags));
    }

    public void CreateProcess(string commandLine)
    {
        const ulong localServer = 0;
        char[] writable = [.. commandLine, '\0'];
        fixed (char* line = writable)
            EngineException.ThrowIfFailed(((delegate* unmanaged<nint, ulong, char*, uint, int>)Method(Slot.CreateProcessWide))(Pointer, localServer, line, DebugOnlyThisProcess));
    }

    /// <summary>Ends the session: a process that the engine started ends, one it attached to lives on.</summary>
    public void EndSession(bool terminate) =>
        _ = ((delegate* unmanaged<nint, uint, int>)Method(Slot.EndSession))(Pointer, terminate ? EndActiveTerminate : EndActiveDetach);

    [LibraryImport("dbgeng")]
    private static partial int DebugCreate(Guid* interfaceId, out nint client);
}
