namespace KCallbacks.DbgEng.Clr;

/// <summary>A thread as the .NET runtime knows it.</summary>
public sealed unsafe class ClrTask : EngineInterface, IEngineInterface<ClrTask>
{
    /// <summary>Managed methods, those of the runtime itself, and the runtime's own frames between them: all kinds that there are.</summary>
    private const uint AllFrames = 0xf;

    private ClrTask(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<ClrTask>.Name => "IXCLRDataTask";

    static Guid IEngineInterface<ClrTask>.Iid => new("a5b0beea-ec62-4618-8012-a24ffc23934c");

    internal static new class Slot
    {
        public const int CreateStackWalk = 11;
    }

    static ClrTask IEngineInterface<ClrTask>.Adopt(nint pointer) => new(pointer);

    /// <summary>Begins a walk at the innermost frame.</summary>
    public HResult TryCreateStackWalk(out ClrStackWalk? walk)
    {
        nint pointer = 0;
        HResult result = new(((delegate* unmanaged<nint, uint, nint*, int>)Method(Slot.CreateStackWalk))(Pointer, AllFrames, &pointer));
        walk = result.Succeeded && pointer != 0 ? Adopt<ClrStackWalk>(pointer, HResult.Ok) : null;
        return result;
    }
}
