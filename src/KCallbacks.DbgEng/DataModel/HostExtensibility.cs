namespace KCallbacks.DbgEng.DataModel;

/// <summary>Names functions so that the user can call them as <c>@$name()</c>.</summary>
internal sealed unsafe class HostExtensibility : EngineInterface, IEngineInterface<HostExtensibility>
{
    private HostExtensibility(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<HostExtensibility>.Name => "IDebugHostExtensibility";

    static Guid IEngineInterface<HostExtensibility>.Iid => new("3c2b24e1-11d0-4f86-8ae5-4df166f73253");

    internal static new class Slot
    {
        public const int CreateFunctionAlias = 3;
        public const int DestroyFunctionAlias = 4;
    }

    static HostExtensibility IEngineInterface<HostExtensibility>.Adopt(nint pointer) => new(pointer);

    /// <summary>Names a function. Fails when the name is taken.</summary>
    public HResult TryCreateFunctionAlias(string name, ModelObject function)
    {
        fixed (char* text = name)
            return new HResult(((delegate* unmanaged<nint, char*, nint, int>)Method(Slot.CreateFunctionAlias))(Pointer, text, function.Pointer));
    }

    /// <summary>Undoes <see cref="TryCreateFunctionAlias"/>.</summary>
    public HResult TryDestroyFunctionAlias(string name)
    {
        fixed (char* text = name)
            return new HResult(((delegate* unmanaged<nint, char*, int>)Method(Slot.DestroyFunctionAlias))(Pointer, text));
    }
}
