namespace KCallbacks.DbgEng.DataModel;

/// <summary>A part of the debugger's state that objects belong to. Opaque: the debugger alone reads it.</summary>
internal sealed class HostContext : EngineInterface, IEngineInterface<HostContext>
{
    private HostContext(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<HostContext>.Name => "IDebugHostContext";

    static Guid IEngineInterface<HostContext>.Iid => new("a68c70d8-5ec0-46e5-b775-3134a48ea2e3");

    internal static new class Slot
    {
    }

    static HostContext IEngineInterface<HostContext>.Adopt(nint pointer) => new(pointer);
}
