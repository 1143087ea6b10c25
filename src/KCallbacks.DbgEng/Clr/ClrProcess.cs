namespace KCallbacks.DbgEng.Clr;

/// <summary>The .NET runtime of the current process, through the data access component that the engine itself found, checked and loaded.</summary>
/// <remarks>
/// Published as <c>xclrdata.idl</c> of the runtime. The engine makes it by the debugger's own rules (<c>.cordll</c>, <c>.secure</c>,
/// <c>SecureLoadDotNetExtensions</c>); nothing is searched, loaded or configured here.
/// </remarks>
public sealed unsafe class ClrProcess : EngineInterface, IEngineInterface<ClrProcess>
{
    private ClrProcess(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<ClrProcess>.Name => "IXCLRDataProcess";

    static Guid IEngineInterface<ClrProcess>.Iid => new("5c552ab6-fc09-4cb3-8e36-22fa03c798b7");

    internal static new class Slot
    {
        public const int Flush = 3;
        public const int GetTaskByOSThreadID = 7;
    }

    static ClrProcess IEngineInterface<ClrProcess>.Adopt(nint pointer) => new(pointer);

    /// <summary>Asks the engine for the runtime's data; null when it has no component that fits, which <c>.cordll</c> explains.</summary>
    public static ClrProcess? Open(DebugEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Guid iid = IidOf<ClrProcess>();
        var query = new ClrDataQuery { Iid = &iid };
        bool answers = engine.Control.TryAsk(EngineQuestion.ClrDataInterface, &query, (uint)sizeof(ClrDataQuery));
        return answers && query.Interface != 0 ? new ClrProcess(query.Interface) : null;
    }

    /// <summary>Forgets what was read before: a live process goes on between two scans. Objects that were got before are invalid then.</summary>
    public HResult TryFlush() => new(((delegate* unmanaged<nint, int>)Method(Slot.Flush))(Pointer));

    /// <summary>The runtime's side of a thread.</summary>
    /// <param name="systemId">The operating system's thread id.</param>
    /// <param name="task">The thread; null when the runtime does not know it.</param>
    public HResult TryGetTask(uint systemId, out ClrTask? task)
    {
        nint pointer = 0;
        HResult result = new(((delegate* unmanaged<nint, uint, nint*, int>)Method(Slot.GetTaskByOSThreadID))(Pointer, systemId, &pointer));
        task = result.Succeeded && pointer != 0 ? Adopt<ClrTask>(pointer, HResult.Ok) : null;
        return result;
    }

    /// <summary>The same component's names, locks and threads.</summary>
    public HResult TryGetData(out ClrData? data) => TryQuery(Pointer, out data);
}
