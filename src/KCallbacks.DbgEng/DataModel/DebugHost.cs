namespace KCallbacks.DbgEng.DataModel;

/// <summary>The debugger as the data model knows it.</summary>
internal sealed unsafe class DebugHost : EngineInterface, IEngineInterface<DebugHost>
{
    private DebugHost(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugHost>.Name => "IDebugHost";

    static Guid IEngineInterface<DebugHost>.Iid => new("b8c74943-6b2c-4eeb-b5c5-35d378a6d99d");

    internal static new class Slot
    {
        public const int GetHostDefinedInterface = 3;
        public const int GetCurrentContext = 4;
    }

    static DebugHost IEngineInterface<DebugHost>.Adopt(nint pointer) => new(pointer);

    /// <summary>The engine of the debugger.</summary>
    /// <exception cref="EngineCallException">The debugger gives no engine.</exception>
    public DebugEngine GetEngine()
    {
        nint unknown = 0;
        new HResult(((delegate* unmanaged<nint, nint*, int>)Method(Slot.GetHostDefinedInterface))(Pointer, &unknown))
            .ThrowIfFailed("GetHostDefinedInterface");
        try
        {
            return DebugEngine.FromClient(unknown);
        }
        finally
        {
            Release(unknown);
        }
    }

    /// <summary>What the debugger looks at now.</summary>
    /// <exception cref="EngineCallException">The debugger does not tell.</exception>
    public HostContext GetCurrentContext()
    {
        nint context = 0;
        HResult result = new(((delegate* unmanaged<nint, nint*, int>)Method(Slot.GetCurrentContext))(Pointer, &context));
        return Adopt<HostContext>(context, result);
    }
}
