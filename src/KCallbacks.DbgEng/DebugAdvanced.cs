namespace KCallbacks.DbgEng;

/// <summary>Register contexts.</summary>
public sealed unsafe class DebugAdvanced : EngineInterface, IEngineInterface<DebugAdvanced>
{
    private DebugAdvanced(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugAdvanced>.Name => "IDebugAdvanced3";

    static Guid IEngineInterface<DebugAdvanced>.Iid => new("cba4abb4-84c4-444d-87ca-a04e13286739");

    internal static new class Slot
    {
        public const int GetThreadContext = 3;
    }

    static DebugAdvanced IEngineInterface<DebugAdvanced>.Adopt(nint pointer) => new(pointer);

    /// <summary>Reads the CONTEXT of the current thread.</summary>
    /// <param name="context">A CONTEXT of the target's processor, aligned to 16 bytes.</param>
    /// <param name="size">Its size in bytes.</param>
    public HResult TryGetThreadContext(void* context, uint size) =>
        new(((delegate* unmanaged<nint, void*, uint, int>)Method(Slot.GetThreadContext))(Pointer, context, size));
}
