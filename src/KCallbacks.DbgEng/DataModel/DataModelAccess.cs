namespace KCallbacks.DbgEng.DataModel;

/// <summary>The way from a client of the engine to the data model.</summary>
internal sealed unsafe class DataModelAccess : EngineInterface, IEngineInterface<DataModelAccess>
{
    private DataModelAccess(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DataModelAccess>.Name => "IHostDataModelAccess";

    static Guid IEngineInterface<DataModelAccess>.Iid => new("f2bce54e-4835-4f8a-836e-7981e29904d1");

    internal static new class Slot
    {
        public const int GetDataModel = 3;
    }

    static DataModelAccess IEngineInterface<DataModelAccess>.Adopt(nint pointer) => new(pointer);

    /// <summary>The manager of the data model, and the debugger it belongs to.</summary>
    /// <exception cref="EngineCallException">The debugger has no data model, for example because <c>dbgmodel.dll</c> is missing.</exception>
    public (DataModelManager Manager, DebugHost Host) GetDataModel()
    {
        nint manager = 0, host = 0;
        new HResult(((delegate* unmanaged<nint, nint*, nint*, int>)Method(Slot.GetDataModel))(Pointer, &manager, &host)).ThrowIfFailed();
        return (Adopt<DataModelManager>(manager, HResult.Ok), Adopt<DebugHost>(host, HResult.Ok));
    }
}
