namespace KCallbacks.DbgEng;

/// <summary>Starts and ends sessions.</summary>
public sealed unsafe class DebugClient : EngineInterface, IEngineInterface<DebugClient>
{
    private DebugClient(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugClient>.Name => "IDebugClient5";

    static Guid IEngineInterface<DebugClient>.Iid => new("e3acb9d7-7ec2-4f0c-a0da-e81e0cbbe628");

    internal static new class Slot
    {
        public const int AttachProcess = 12;
        public const int EndSession = 26;
        public const int DispatchCallbacks = 28;
        public const int CreateClient = 30;
        public const int SetOutputCallbacks = 34;
        public const int SetEventCallbacks = 46;
        public const int FlushCallbacks = 47;
        public const int OpenDumpFileWide = 60;
        public const int GetDumpFileWide = 65;
        public const int CreateProcess2Wide = 82;
    }

    static DebugClient IEngineInterface<DebugClient>.Adopt(nint pointer) => new(pointer);

    /// <summary>Opens a dump; the session starts with the next wait.</summary>
    public HResult TryOpenDumpFile(string path)
    {
        fixed (char* text = path)
            return new HResult(((delegate* unmanaged<nint, char*, ulong, int>)Method(Slot.OpenDumpFileWide))(Pointer, text, 0));
    }

    /// <inheritdoc cref="TryOpenDumpFile"/>
    /// <exception cref="EngineCallException">The file is not there or is no dump.</exception>
    public void OpenDumpFile(string path) => TryOpenDumpFile(path).ThrowIfFailed();

    /// <summary>The dump that the session is of, as the engine was told it; fails where there is none.</summary>
    public HResult TryGetDumpFile(out string path)
    {
        const int LongestPath = 0x8000;
        char[] buffer = new char[LongestPath];
        uint length = 0;
        uint type = 0;
        HResult result;
        fixed (char* text = buffer)
        {
            result = new HResult(((delegate* unmanaged<nint, uint, char*, uint, uint*, ulong*, uint*, int>)Method(Slot.GetDumpFileWide))(
                Pointer, 0, text, LongestPath, &length, null, &type));
        }

        path = result.Succeeded && length is > 1 and <= LongestPath ? new string(buffer, 0, (int)length - 1) : "";
        return result;
    }

    /// <summary>Attaches to a process of this machine; the session starts with the next wait.</summary>
    public HResult TryAttachProcess(uint processId, AttachOptions options) =>
        new(((delegate* unmanaged<nint, ulong, uint, uint, int>)Method(Slot.AttachProcess))(Pointer, 0, processId, (uint)options));

    /// <inheritdoc cref="TryAttachProcess"/>
    /// <exception cref="EngineCallException">There is no such process, or it may not be debugged.</exception>
    public void AttachProcess(uint processId, AttachOptions options) => TryAttachProcess(processId, options).ThrowIfFailed();

    /// <summary>Starts a process of this machine under the debugger; the session starts with the next wait.</summary>
    public HResult TryCreateProcess(string commandLine)
    {
        const uint DebugOnlyThisProcess = 2;
        char[] writable = [.. commandLine, '\0'];
        uint* options = stackalloc uint[4] { DebugOnlyThisProcess, 0, 0, 0 };
        fixed (char* text = writable)
        {
            return new HResult(((delegate* unmanaged<nint, ulong, char*, void*, uint, char*, char*, int>)Method(Slot.CreateProcess2Wide))(
                Pointer, 0, text, options, 4 * sizeof(uint), null, null));
        }
    }

    /// <inheritdoc cref="TryCreateProcess"/>
    /// <exception cref="EngineCallException">The program did not start.</exception>
    public void CreateProcess(string commandLine) => TryCreateProcess(commandLine).ThrowIfFailed();

    /// <summary>Ends the session.</summary>
    public HResult TryEndSession(SessionEnd how) => TrySetNumber(Slot.EndSession, (uint)how);

    /// <summary>
    /// Lets the engine call this client's callbacks for what other clients do; <see cref="HResult.False"/> when the time is over. The
    /// engine of a server waits for a client that does not listen.
    /// </summary>
    /// <param name="timeout">Milliseconds.</param>
    public HResult TryDispatchCallbacks(uint timeout) => TrySetNumber(Slot.DispatchCallbacks, timeout);

    /// <summary>Makes another client of the same session.</summary>
    public HResult TryCreateClient(out DebugClient? client)
    {
        nint pointer = 0;
        HResult result = new(((delegate* unmanaged<nint, nint*, int>)Method(Slot.CreateClient))(Pointer, &pointer));
        client = null;
        if (!result.Succeeded)
            return result;
        result = TryQuery(pointer, out client);
        Release(pointer);
        return result;
    }

    /// <summary>Sends this client's output to <paramref name="callbacks"/>; null for none. The engine keeps it alive.</summary>
    public HResult TrySetOutputCallbacks(OutputCallbacks? callbacks)
    {
        if (callbacks is null)
            return SetOutputCallbacks(0);
        using var exposed = new ExposedObject(callbacks, typeof(IDebugOutputCallbacks).GUID);
        return SetOutputCallbacks(exposed.Pointer);
    }

    /// <inheritdoc cref="TrySetOutputCallbacks"/>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public void SetOutputCallbacks(OutputCallbacks? callbacks) => TrySetOutputCallbacks(callbacks).ThrowIfFailed();

    /// <summary>Has <paramref name="callbacks"/> told of changes; null for none. The engine keeps it alive.</summary>
    public HResult TrySetEventCallbacks(ChangeCallbacks? callbacks)
    {
        if (callbacks is null)
            return SetEventCallbacks(0);
        using var exposed = new ExposedObject(callbacks, typeof(IDebugEventCallbacks).GUID);
        return SetEventCallbacks(exposed.Pointer);
    }

    /// <summary>Delivers output that the engine still holds back.</summary>
    public HResult TryFlushCallbacks() => new(((delegate* unmanaged<nint, int>)Method(Slot.FlushCallbacks))(Pointer));

    private HResult SetOutputCallbacks(nint callbacks) =>
        new(((delegate* unmanaged<nint, nint, int>)Method(Slot.SetOutputCallbacks))(Pointer, callbacks));

    private HResult SetEventCallbacks(nint callbacks) =>
        new(((delegate* unmanaged<nint, nint, int>)Method(Slot.SetEventCallbacks))(Pointer, callbacks));
}
