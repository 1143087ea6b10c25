namespace KCallbacks.DbgEng.Clr;

/// <summary>A walk over a thread's managed frames, innermost first.</summary>
public sealed unsafe class ClrStackWalk : EngineInterface, IEngineInterface<ClrStackWalk>
{
    /// <summary>Request for the address of the runtime's own frame at which a walk stands: <c>DACSTACKPRIV_REQUEST_FRAME_DATA</c> of <c>dacprivate.h</c>.</summary>
    private const uint FrameData = 0xf000_0000;

    private ClrStackWalk(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<ClrStackWalk>.Name => "IXCLRDataStackWalk";

    static Guid IEngineInterface<ClrStackWalk>.Iid => new("e59d8d22-ada7-49a2-89b5-a415afcfc95f");

    internal static new class Slot
    {
        public const int GetContext = 3;
        public const int Next = 5;
        public const int Request = 9;
    }

    static ClrStackWalk IEngineInterface<ClrStackWalk>.Adopt(nint pointer) => new(pointer);

    /// <summary>The registers of the frame.</summary>
    /// <param name="context">Room for a CONTEXT, aligned to 16 bytes.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="flags">The parts of a CONTEXT that are wanted.</param>
    public HResult TryGetContext(void* context, uint size, uint flags)
    {
        uint filled = 0;
        return new HResult(((delegate* unmanaged<nint, uint, uint, uint*, byte*, int>)Method(Slot.GetContext))(Pointer, flags, size, &filled, (byte*)context));
    }

    /// <summary>Goes to the caller; <see cref="HResult.False"/> when there is none.</summary>
    public HResult TryNext() => new(((delegate* unmanaged<nint, int>)Method(Slot.Next))(Pointer));

    /// <summary>The frame that the runtime itself keeps where managed code was left; null where the walk stands at a method.</summary>
    public ulong? TransitionFrame()
    {
        ulong frame = 0;
        HResult result = new(((delegate* unmanaged<nint, uint, uint, byte*, uint, byte*, int>)Method(Slot.Request))(
            Pointer, FrameData, 0, null, sizeof(ulong), (byte*)&frame));
        return result.Succeeded && frame != 0 ? frame : null;
    }
}
